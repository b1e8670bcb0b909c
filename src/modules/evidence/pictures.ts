// Draws pictures anew: upright, small enough, without a word about where and with what they were taken.
// The picture that came is not kept (security A9).
import phash from 'sharp-phash';
import sharp from 'sharp';
import { openGate } from '../../kernel/gate.ts';
import { allowed, type Decision } from '../../shared/decision.ts';
import { hasForeignStart, isCameraTrailer, jpegEnd, pngEnd, webpEnd } from './endings.ts';
import type { FileRefusal } from './model.ts';
import { longestSide, maximumPixels, type PictureType, refuseFile, thumbnailSide } from './rules.ts';

export interface DrawnPicture {
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly bytes: Uint8Array;
  /** JPEG. */
  readonly thumbnail: Uint8Array;
  /** 64 characters 0 or 1; pictures that look alike differ in few. */
  readonly perceptualHash: string;
  readonly width: number;
  readonly height: number;
}

const ends = { 'image/jpeg': jpegEnd, 'image/png': pngEnd, 'image/webp': webpEnd } as const;
const formats = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const;
const white = '#ffffff';

// sharp-phash declares a default export, but hands out the function itself.
const perceptualHashOf = phash as unknown as typeof phash.default;

// A picture being opened takes up to 160 MB: two at a time, whoever else sends one waits.
const gate = openGate(2, 60);

export async function drawAnew(bytes: Uint8Array, mediaType: PictureType): Promise<Decision<DrawnPicture>> {
  const fault = pictureFault(bytes, mediaType);
  return fault === null ? gate(() => draw(bytes, mediaType)) : refuseFile(fault);
}

function pictureFault(bytes: Uint8Array, mediaType: PictureType): FileRefusal | null {
  const end = ends[mediaType](bytes);
  if (end === null) return 'picture_unreadable';
  if (end < bytes.length && !(mediaType === 'image/jpeg' && isCameraTrailer(bytes.subarray(end)))) return 'trailing_data';
  return hasForeignStart(bytes.subarray(0, end)) ? 'type_not_allowed' : null;
}

/** sharp leaves all metadata out unless told otherwise, and turns colours to sRGB. */
async function draw(bytes: Uint8Array, mediaType: PictureType): Promise<Decision<DrawnPicture>> {
  try {
    const source = await sharp(bytes, { failOn: 'error' }).metadata();
    if (source.format !== formats[mediaType]) return refuseFile('picture_unreadable');
    if (source.width * source.height > maximumPixels) return refuseFile('too_many_pixels');
    const upright = sharp(bytes, { failOn: 'error', limitInputPixels: maximumPixels })
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: 10 });
    const transparent = mediaType === 'image/png' && source.hasAlpha;
    const encoded = transparent ? upright.png() : upright.flatten({ background: white }).jpeg({ quality: 85 });
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
    const thumbnail = await sharp(data)
      .resize({ width: thumbnailSide, height: thumbnailSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: white })
      .jpeg({ quality: 80 })
      .toBuffer();
    const perceptualHash = await perceptualHashOf(thumbnail);
    return allowed({ mediaType: transparent ? 'image/png' : 'image/jpeg', bytes: data, thumbnail, perceptualHash, width: info.width, height: info.height });
  } catch {
    // Whatever the decoder stumbled over, the sender can only be told that the picture cannot be read.
    return refuseFile('picture_unreadable');
  }
}
