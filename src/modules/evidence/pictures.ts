// Draws pictures anew: upright, small enough, without a word about where and with what they were taken.
// The picture that came is not kept (security A9).
import { drawPicture, DrawingFailed, type DrawnPicture } from '../../documents/drawing.ts';
import { allowed, type Decision } from '../../shared/decision.ts';
import { hasForeignStart, isCameraTrailer, jpegEnd, pngEnd, webpEnd } from './endings.ts';
import type { FileRefusal } from './model.ts';
import { longestSide, maximumPixels, type PictureType, refuseFile, thumbnailSide } from './rules.ts';

const ends = { 'image/jpeg': jpegEnd, 'image/png': pngEnd, 'image/webp': webpEnd } as const;
const formats = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const;

export async function drawAnew(bytes: Uint8Array, mediaType: PictureType): Promise<Decision<DrawnPicture>> {
  const fault = pictureFault(bytes, mediaType);
  if (fault !== null) return refuseFile(fault);
  try {
    const drawn = await drawPicture({ bytes, format: formats[mediaType], maximumPixels, longestSide, thumbnailSide });
    return 'picture' in drawn ? allowed(drawn.picture) : refuseFile(drawn.refusal);
  } catch (error) {
    if (error instanceof DrawingFailed) return refuseFile('picture_unreadable');
    throw error;
  }
}

function pictureFault(bytes: Uint8Array, mediaType: PictureType): FileRefusal | null {
  const end = ends[mediaType](bytes);
  if (end === null) return 'picture_unreadable';
  if (end < bytes.length && !(mediaType === 'image/jpeg' && isCameraTrailer(bytes.subarray(end)))) return 'trailing_data';
  return hasForeignStart(bytes.subarray(0, end)) ? 'type_not_allowed' : null;
}
