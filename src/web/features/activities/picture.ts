// Makes a photo small before it is sent, by drawing it anew: place and camera details (EXIF) stay behind (ux C2.14).
// The server does the same again; here it saves the line and keeps what should not leave the phone on the phone.
const longestSide = 2048;
const aimBytes = 500 * 1024;
const qualities = [0.85, 0.75, 0.65, 0.5];

/** Whether a file looks like a picture that a browser may be able to draw. */
export function isPictureFile(file: Pick<File, 'type' | 'name'>): boolean {
  return file.type.startsWith('image/') || /\.(?:jpe?g|png|webp|heic|heif)$/i.test(file.name);
}

/** Width and height that fit into the longest side; never larger than they were. */
export function fittingSize(width: number, height: number, side = longestSide): { readonly width: number; readonly height: number } {
  const part = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * part)), height: Math.max(1, Math.round(height * part)) };
}

/** A picture as a JPEG of about half a megabyte. Null when this browser cannot draw it: it is then sent as it is, and the server decides. */
export async function shrinkPicture(file: Blob): Promise<Blob | null> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return null;
  try {
    const size = fittingSize(bitmap.width, bitmap.height);
    const canvas = document.createElement('canvas');
    canvas.width = size.width;
    canvas.height = size.height;
    const paper = canvas.getContext('2d');
    if (paper === null) return null;
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, size.width, size.height);
    paper.drawImage(bitmap, 0, 0, size.width, size.height);
    return await smallest(canvas);
  } finally {
    bitmap.close();
  }
}

async function smallest(canvas: HTMLCanvasElement): Promise<Blob | null> {
  let last: Blob | null = null;
  for (const quality of qualities) {
    last = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (last === null || last.size <= aimBytes) break;
  }
  return last;
}

/** The name a file is sent under: what it is now at the end, at most 50 characters and the ending, nothing that cannot be read. */
export function sentName(name: string, ending: string | null): string {
  const bare = name.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim();
  const dot = bare.lastIndexOf('.');
  const stem = dot > 0 ? bare.slice(0, dot) : bare;
  const own = dot > 0 ? bare.slice(dot + 1) : '';
  const last = ending ?? own;
  return `${Array.from(stem === '' ? 'file' : stem).slice(0, 50).join('')}${last === '' ? '' : `.${last.slice(0, 10)}`}`;
}
