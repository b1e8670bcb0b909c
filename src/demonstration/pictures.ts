// A few pictures to stand behind entries: drawn shapes marked 演示, in no way like a photograph of anybody or any place.
// The characters are drawn by strokes, because a machine may have no Chinese font.
import sharp from 'sharp';
import type { BlobStore } from '../kernel/blobs.ts';
import { type KeptFile, takeFile } from '../modules/evidence/intake.ts';
import { enforce } from '../shared/decision.ts';

const yan = 'M8 12 L18 20 M4 32 L15 39 M6 80 L20 52 M58 4 L62 12 M30 26 L30 16 L92 16 L90 27 M42 28 L82 28 M40 38 L84 38 L84 70 L40 70 Z M40 54 L84 54 M62 28 L62 70 M52 76 L38 90 M72 76 L88 90';
const shi = 'M22 16 L80 16 M8 38 L94 38 M51 38 L51 86 L40 82 M30 54 L12 78 M72 54 L92 78';

const scenes = [
  { name: '演示图片-宣传台.png', ground: '#eef4fb', ink: '#1d4f91', shapes: '<rect x="160" y="420" width="640" height="60"/><rect x="200" y="480" width="30" height="140"/><rect x="730" y="480" width="30" height="140"/><circle cx="300" cy="340" r="46"/><circle cx="480" cy="330" r="46"/><circle cx="660" cy="340" r="46"/>' },
  { name: '演示图片-讲台.png', ground: '#fbf3ea', ink: '#8a4b12', shapes: '<rect x="120" y="140" width="720" height="260" fill="none" stroke="#8a4b12" stroke-width="14"/><polygon points="430,620 530,620 510,460 450,460"/><circle cx="480" cy="430" r="40"/>' },
  { name: '演示图片-圆桌.png', ground: '#eef7f0', ink: '#23633a', shapes: '<ellipse cx="480" cy="440" rx="300" ry="120"/><circle cx="180" cy="330" r="38"/><circle cx="340" cy="270" r="38"/><circle cx="620" cy="270" r="38"/><circle cx="780" cy="330" r="38"/>' },
  { name: '演示图片-厂房.png', ground: '#f3f0f8', ink: '#4a3a86', shapes: '<polygon points="140,600 140,380 300,300 300,380 460,300 460,380 620,300 620,600"/><rect x="680" y="220" width="60" height="380"/><rect x="220" y="470" width="70" height="130" fill="#f3f0f8"/>' },
] as const;

/** Draws the pictures and takes them in as any upload; their bytes are in the store when this returns. */
export async function drawPictures(blobs: BlobStore): Promise<Omit<KeptFile, 'thumbnail'>[]> {
  const kept: Omit<KeptFile, 'thumbnail'>[] = [];
  for (const scene of scenes) {
    const { thumbnail, ...file } = enforce(await takeFile(await sharp(Buffer.from(drawing(scene))).png().toBuffer(), scene.name));
    await blobs.put(file.sha256, file.bytes);
    if (thumbnail !== null) await blobs.put(`${file.sha256}-thumbnail`, thumbnail);
    kept.push(file);
  }
  return kept;
}

function drawing({ ground, ink, shapes }: (typeof scenes)[number]): string {
  const mark = (strokes: string, x: number): string => `<path transform="translate(${x} 36)" d="${strokes}" fill="none" stroke="#b3261e" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720"><rect width="960" height="720" fill="${ground}"/><g fill="${ink}">${shapes}</g>${mark(yan, 40)}${mark(shi, 156)}</svg>`;
}
