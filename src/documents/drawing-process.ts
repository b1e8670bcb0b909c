// A process of its own, since decoders of pictures are native code that reads what strangers send: what hangs or swells is killed,
// what crashes takes nobody along. Draws one picture after another: upright, small enough, without a word about where it was taken.
import sharp from 'sharp';
import phash from 'sharp-phash';

export interface DrawingTask {
  readonly bytes: Uint8Array;
  readonly format: 'jpeg' | 'png' | 'webp';
  readonly maximumPixels: number;
  readonly longestSide: number;
  readonly thumbnailSide: number;
  /** Beyond this the process ends itself. */
  readonly maximumMegabytes: number;
}

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

export type DrawingAnswer = { readonly picture: DrawnPicture } | { readonly refusal: 'picture_unreadable' | 'too_many_pixels' };

// sharp-phash declares a default export, but hands out the function itself.
const perceptualHashOf = phash as unknown as typeof phash.default;
const white = '#ffffff';

// Nothing of one picture stays for the next.
sharp.cache(false);
sharp.concurrency(1);

/** sharp leaves all metadata out unless told otherwise, and turns colours to sRGB. */
async function draw({ bytes, format, maximumPixels, longestSide, thumbnailSide }: DrawingTask): Promise<DrawingAnswer> {
  // Reads the head only, however much it promises.
  const source = await sharp(bytes, { failOn: 'error', limitInputPixels: false }).metadata();
  if (source.format !== format) return { refusal: 'picture_unreadable' };
  if (source.width * source.height > maximumPixels) return { refusal: 'too_many_pixels' };
  const upright = sharp(bytes, { failOn: 'error', limitInputPixels: maximumPixels })
    .autoOrient()
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .timeout({ seconds: 10 });
  const transparent = format === 'png' && source.hasAlpha;
  const encoded = transparent ? upright.png() : upright.flatten({ background: white }).jpeg({ quality: 85 });
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
  const thumbnail = await sharp(data)
    .resize({ width: thumbnailSide, height: thumbnailSide, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: white })
    .jpeg({ quality: 80 })
    .toBuffer();
  const perceptualHash = await perceptualHashOf(thumbnail);
  return { picture: { mediaType: transparent ? 'image/png' : 'image/jpeg', bytes: data, thumbnail, perceptualHash, width: info.width, height: info.height } };
}

/** Watched while the decoder works beside: too much ends the process, and with it what was too much. */
function watchMemory(megabytes: number): NodeJS.Timeout {
  return setInterval(() => {
    if (process.memoryUsage.rss() > megabytes * 1_048_576) process.exit(3);
  }, 20);
}

process.on('message', (task: DrawingTask) => {
  const watching = watchMemory(task.maximumMegabytes);
  // Whatever the decoder stumbled over, the sender can only be told that the picture cannot be read.
  void draw(task)
    .catch((): DrawingAnswer => ({ refusal: 'picture_unreadable' }))
    .then((answer) => {
      clearInterval(watching);
      process.send?.(answer);
    });
});
// Whoever asked is gone, however it ended.
process.on('disconnect', () => process.exit(0));
// A Ctrl+C at the terminal reaches every process; what is under way is ended by whoever asked.
process.on('SIGINT', () => undefined);
