// QR codes as pictures: of vectors for screen and PDF, of pixels for Word and Excel. The same text is the same picture.
import qrcode from 'qrcode';

// M: a seventh of the code may be lost to a fold or a stamp.
const errorCorrectionLevel = 'M';
/** Blank modules around, as the standard asks. */
const quiet = 4;

/** Black squares as one path of SVG, in a square of `size`, blank border included. */
export interface QrPath {
  readonly size: number;
  readonly path: string;
}

export function qrPathOf(text: string): QrPath {
  const { modules } = qrcode.create(text, { errorCorrectionLevel });
  const parts: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) !== 0) parts.push(`M${column + quiet} ${row + quiet}h1v1h-1z`);
    }
  }
  return { size: modules.size + 2 * quiet, path: parts.join('') };
}

export function qrSvgOf(text: string): Uint8Array {
  const { size, path } = qrPathOf(text);
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path d="${path}"/></svg>`);
}

export async function qrPngOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await qrcode.toBuffer(text, { errorCorrectionLevel, margin: quiet, scale: 8 }));
}
