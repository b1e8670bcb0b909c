// Files as they come from telephones, offices and attackers. The pictures are drawn here; nothing real is kept.
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Of, sm3Of } from '../../kernel/digest.ts';
import type { Decision } from '../../shared/decision.ts';
import { halves, joined, type Part, types, wordTypes, zip } from '../../testing/made-files.ts';
import { type KeptFile, takeFile } from './intake.ts';

async function kept(bytes: Uint8Array, name: string): Promise<KeptFile> {
  const taken = await takeFile(bytes, name);
  if (!taken.ok) throw new Error(JSON.stringify(taken.problem));
  return taken.value;
}

async function refusal(bytes: Uint8Array, name: string): Promise<unknown> {
  const taken: Decision<KeptFile> = await takeFile(bytes, name);
  if (taken.ok) return 'taken';
  return taken.problem.code === 'file_refused' ? taken.problem.details['reason'] : taken.problem.code;
}

let photo: Buffer;
let png: Buffer;
let webp: Buffer;

beforeAll(async () => {
  photo = await halves(1200, 800).jpeg().toBuffer();
  png = await halves(300, 200).removeAlpha().png().toBuffer();
  webp = await halves(300, 200).webp().toBuffer();
});

describe('a picture', () => {
  it('is kept without place, maker and time', async () => {
    const exif = { IFD0: { Make: 'Lantern', Software: 'secret tool' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 14/1 0/1' } };
    const located = await halves(1200, 800).withExif(exif).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>noted</note></x:xmpmeta>').jpeg().toBuffer();
    expect((await sharp(located).metadata()).exif).toBeDefined();
    expect(located.includes('Lantern')).toBe(true);
    const { bytes, thumbnail } = await kept(located, 'a.jpg');
    for (const one of [bytes, thumbnail ?? new Uint8Array()]) {
      const { exif: left, xmp, iptc, icc } = await sharp(one).metadata();
      expect({ left, xmp, iptc, icc }).toEqual({ left: undefined, xmp: undefined, iptc: undefined, icc: undefined });
      for (const word of ['Exif', 'Lantern', 'secret tool', 'noted']) expect(Buffer.from(one).includes(word)).toBe(false);
    }
  });

  it('taken with the telephone held upright stands upright', async () => {
    // Orientation 6: the camera lay on its side; the top of the picture is the left edge of the stored one.
    const turned = await halves(1200, 800).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { bytes, width, height } = await kept(turned, 'a.jpeg');
    expect({ width, height }).toEqual({ width: 800, height: 1200 });
    const colourAt = async (top: number): Promise<number[]> => [...(await sharp(bytes).extract({ left: 300, top, width: 1, height: 1 }).raw().toBuffer())];
    const [topRed = 0, , topBlue = 255] = await colourAt(100);
    const [bottomRed = 255, , bottomBlue = 0] = await colourAt(1100);
    expect(topRed - topBlue).toBeGreaterThan(200);
    expect(bottomBlue - bottomRed).toBeGreaterThan(200);
  });

  it('is drawn at most 2560 pixels long, its thumbnail 480; small ones stay as they are', async () => {
    const large = await kept(await halves(5000, 2500).jpeg().toBuffer(), 'a.jpg');
    expect([large.width, large.height]).toEqual([2560, 1280]);
    const thumbnail = await sharp(large.thumbnail ?? new Uint8Array()).metadata();
    expect([thumbnail.format, thumbnail.width, thumbnail.height]).toEqual(['jpeg', 480, 240]);
    const small = await kept(photo, 'a.jpg');
    expect([small.width, small.height]).toEqual([1200, 800]);
  });

  it('has the digests of what is kept, and the same picture always the same', async () => {
    const first = await kept(photo, 'a.jpg');
    const second = await kept(photo, 'other.jpg');
    expect(first.sha256).toBe(sha256Of(first.bytes));
    expect(first.sm3).toBe(sm3Of(first.bytes));
    expect(first.sha256).not.toBe(sha256Of(photo));
    expect(second.sha256).toBe(first.sha256);
    expect(first.perceptualHash).toMatch(/^[01]{64}$/);
  });

  it('looks alike when only its size changed, and unlike another', async () => {
    const scene = (shift: number, size: number): Promise<Buffer> => {
      const box = (left: number, top: number, shade: number) => ({ input: { create: { width: 180, height: 140, channels: 3 as const, background: { r: shade, g: shade, b: 40 } } }, left, top });
      const ground = sharp({ create: { width: 900, height: 600, channels: 3, background: '#8899aa' } });
      return ground.composite([box(40 + shift, 60, 230), box(500 - shift, 300, 20), box(300, 20 + shift, 120)]).png().toBuffer().then((drawn) => sharp(drawn).resize(size).jpeg().toBuffer());
    };
    const hashOf = async (bytes: Buffer): Promise<string> => (await kept(bytes, 'a.jpg')).perceptualHash ?? '';
    const differences = (a: string, b: string): number => Array.from(a, (bit, at) => bit !== b[at]).filter(Boolean).length;
    const original = await hashOf(await scene(0, 900));
    expect(differences(original, await hashOf(await scene(0, 500)))).toBeLessThanOrEqual(5);
    expect(differences(original, await hashOf(await scene(260, 900)))).toBeGreaterThan(10);
  });

  it('is a JPEG afterwards, or a PNG when it can be seen through', async () => {
    const opaque = await kept(png, '合影.PNG');
    expect([opaque.mediaType, opaque.name]).toEqual(['image/jpeg', '合影.jpg']);
    const modern = await kept(webp, '合影.webp');
    expect([modern.mediaType, modern.name]).toEqual(['image/jpeg', '合影.jpg']);
    const clear = await kept(await sharp({ create: { width: 40, height: 30, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } } }).png().toBuffer(), 'seal.png');
    expect([clear.mediaType, clear.name, (await sharp(clear.bytes).metadata()).hasAlpha]).toEqual(['image/png', 'seal.png', true]);
  });

  it('is refused when it is cut off', async () => {
    for (const part of [0.3, 0.9]) {
      expect(await refusal(photo.subarray(0, Math.floor(photo.length * part)), 'a.jpg')).toBe('picture_unreadable');
      expect(await refusal(png.subarray(0, Math.floor(png.length * part)), 'a.png')).toBe('picture_unreadable');
      expect(await refusal(webp.subarray(0, Math.floor(webp.length * part)), 'a.webp')).toBe('picture_unreadable');
    }
    expect(await refusal(photo.subarray(0, photo.length - 2), 'a.jpg')).toBe('picture_unreadable');
  });

  it('is refused when another file hangs behind it', async () => {
    const page = '<html><script>alert(1)</script></html>';
    for (const tail of ['PK\u0003\u0004 an archive', page, 'x']) {
      expect(await refusal(joined(photo, tail), 'a.jpg')).toBe('trailing_data');
      expect(await refusal(joined(png, tail), 'a.png')).toBe('trailing_data');
      expect(await refusal(joined(webp, tail), 'a.webp')).toBe('trailing_data');
    }
    expect(await refusal(joined(photo, photo, page), 'a.jpg')).toBe('trailing_data');
  });

  it('is taken with what ordinary telephones hang behind it, and keeps none of it', async () => {
    const film = '\u0000\u0000\u0000\u0018ftypmp42 a short film';
    for (const tail of [new Uint8Array(64), photo, film, joined(photo, film), 'a tail that ends in SEFT']) {
      const { sha256 } = await kept(joined(photo, tail), 'a.jpg');
      expect(sha256).toBe((await kept(photo, 'a.jpg')).sha256);
    }
  });

  it('is refused when another kind of file announces itself inside its head', async () => {
    const comment = (text: string): Buffer => joined(photo.subarray(0, 2), new Uint8Array([0xff, 0xfe, 0, text.length + 2]), text, photo.subarray(2));
    expect(await refusal(comment('%PDF-1.7'), 'a.jpg')).toBe('type_not_allowed');
    expect(await refusal(comment('<Script>'), 'a.jpg')).toBe('type_not_allowed');
    expect(await refusal(comment('a word'), 'a.jpg')).toBe('taken');
  });

  it('is refused when opening it would take the memory of everybody', async () => {
    const flood = await sharp({ create: { width: 20_000, height: 2_100, channels: 3, background: '#ffffff' }, limitInputPixels: false }).png().toBuffer();
    expect(flood.length).toBeLessThan(1_000_000);
    expect(await refusal(flood, 'a.png')).toBe('too_many_pixels');
  });

  it('is refused when its head promises more pixels than there are', async () => {
    const liar = Buffer.from(png);
    liar.writeUInt32BE(100_000, 16);
    liar.writeUInt32BE(100_000, 20);
    expect(await refusal(liar, 'a.png')).toMatch(/^(too_many_pixels|picture_unreadable)$/);
  });

  it('is refused over 15 MB', async () => {
    expect(await refusal(joined(photo, new Uint8Array(40 * 1024 * 1024)), 'a.jpg')).toBe('too_large');
  });
});

const document: Part = { name: 'word/document.xml', text: '<w:document>签到表</w:document>' };
const docx = (...more: Part[]): Buffer => zip(wordTypes, document, ...more);
const pdf = joined('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n');

describe('a document', () => {
  it('is kept byte for byte', async () => {
    for (const [bytes, name] of [[pdf, '通知.pdf'], [docx(), '签到表.docx'], [zip(types('vnd.openxmlformats-officedocument.spreadsheetml.sheet'), { name: 'xl/workbook.xml', text: '<x/>' }), '名单.XLSX']] as const) {
      const taken = await kept(bytes, name);
      expect(Buffer.from(taken.bytes).equals(bytes)).toBe(true);
      expect([taken.name, taken.sha256, taken.thumbnail, taken.width]).toEqual([name, sha256Of(bytes), null, null]);
    }
  });

  it.each([
    ['a PDF named as a picture', () => pdf, 'a.jpg', 'type_and_name_differ'],
    ['a picture named as a PDF', () => photo, 'a.pdf', 'type_and_name_differ'],
    ['a PNG named as a JPEG', () => png, 'a.jpg', 'type_and_name_differ'],
    ['a picture without an ending', () => photo, 'photo', 'type_and_name_differ'],
    ['a document named as a sheet', () => docx(), 'a.xlsx', 'type_and_name_differ'],
    ['nothing', () => new Uint8Array(), 'a.jpg', 'empty'],
    ['a page', () => joined('<!doctype html><script>alert(1)</script>'), 'a.html', 'type_not_allowed'],
    ['a page named as a picture', () => joined('<!doctype html><script>alert(1)</script>'), 'a.png', 'type_not_allowed'],
    ['a drawing with script', () => joined('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'a.svg', 'type_not_allowed'],
    ['an archive', () => zip({ name: 'a.txt', text: 'a' }), 'a.zip', 'type_not_allowed'],
    ['an archive named as a document', () => zip({ name: 'a.txt', text: 'a' }), 'a.docx', 'type_not_allowed'],
    ['a program', () => joined('MZ\u0090\u0000', new Uint8Array(300)), 'a.exe', 'type_not_allowed'],
    ['an animation', () => joined('GIF89a', new Uint8Array(30)), 'a.gif', 'type_not_allowed'],
    ['an iPhone original', () => joined('\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1heic'), 'a.heic', 'phone_original'],
    ['a film', () => joined('\u0000\u0000\u0000\u0018ftypmp42\u0000\u0000\u0000\u0000mp42isom', new Uint8Array(100)), 'a.mp4', 'type_not_allowed'],
    ['an old Word file', () => joined('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', new Uint8Array(600)), 'a.doc', 'type_not_allowed'],
    ['a document with a password', () => joined('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', new Uint8Array(600), Buffer.from('EncryptedPackage', 'utf16le')), 'a.docx', 'encrypted'],
    ['a document with locked parts', () => docx({ name: 'word/a.xml', text: 'a', flags: 1 }), 'a.docx', 'encrypted'],
    ['a document that says it has macros', () => zip(types('vnd.ms-word.document.macroEnabled'), document), 'a.docx', 'macros'],
    ['a document that hides its macros', () => docx({ name: 'word/vbaProject.bin', text: 'Sub AutoOpen' }), 'a.docx', 'macros'],
    ['a document with an archive behind it', () => joined(docx(), zip({ name: 'a', text: 'a' })), 'a.docx', 'file_unreadable'],
    ['a document with something behind it', () => joined(docx(), 'x'), 'a.docx', 'trailing_data'],
    ['a document cut off', () => docx().subarray(0, -30), 'a.docx', 'file_unreadable'],
    ['a document that climbs out of its folder', () => docx({ name: '../../evil.xml', text: 'a' }), 'a.docx', 'file_unreadable'],
    ['a bomb', () => docx({ name: 'word/big.xml', text: 'a', claims: 3_000_000_000 }), 'a.docx', 'unpacks_too_large'],
    ['a PDF with an archive behind it', () => joined(pdf, zip({ name: 'a', text: 'a'.repeat(9) }), Buffer.alloc(2000, 'ab')), 'a.pdf', 'trailing_data'],
    ['a PDF cut off', () => pdf.subarray(0, 40), 'a.pdf', 'file_unreadable'],
  ])('%s is refused', async (_title, bytes, name, reason) => {
    expect(await refusal(bytes(), name)).toBe(reason);
  });

  it('may be padded as scanners do', async () => {
    expect(await refusal(joined(pdf, new Uint8Array(5000)), 'a.pdf')).toBe('taken');
    expect(await refusal(joined(pdf, '\r\n'), 'a.pdf')).toBe('taken');
  });
});
