// Files as they come from telephones, offices and attackers (security A9, B-S13). All are made here; nothing real is kept.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { eicar } from './fake-clamd.ts';
import { halves, joined, type Part, types, wordTypes, zip } from './made-files.ts';

export interface CorpusFile {
  readonly title: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** `kept`, or the code or reason it is refused with. */
  readonly expected: string;
  /** What it is called afterwards, where that is not what it came with. */
  readonly keptName?: string;
  /** Width and height afterwards. */
  readonly size?: readonly [number, number];
}

const sheetTypes = types('vnd.openxmlformats-officedocument.spreadsheetml.sheet');
const paragraph = (inside: string): Part => ({ name: 'word/document.xml', text: `<w:document><w:p>${inside}</w:p></w:document>` });
const docx = (...more: Part[]): Buffer => zip(wordTypes, paragraph('<w:t>签到表</w:t>'), ...more);
const ole = joined('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', new Uint8Array(600));
const pdf = (objects = ''): Buffer => joined(`%PDF-1.7\n1 0 obj<<>>endobj\n${objects}trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n`);
/** Noise that does not repeat, the same each time. */
const noise = (length: number): Buffer => Buffer.concat(Array.from({ length: Math.ceil(length / 32) }, (_, number) => createHash('sha256').update(String(number)).digest())).subarray(0, length);

/** A PNG whose head says another size, with the right checksum. */
function claiming(png: Buffer, width: number, height: number): Buffer {
  const liar = Buffer.from(png);
  liar.writeUInt32BE(width, 16);
  liar.writeUInt32BE(height, 20);
  liar.writeUInt32BE(crc32(liar.subarray(12, 29)), 29);
  return liar;
}

const jpegComment = (photo: Buffer, text: string): Buffer => joined(photo.subarray(0, 2), new Uint8Array([0xff, 0xfe, 0, text.length + 2]), text, photo.subarray(2));

export async function makeCorpus(): Promise<CorpusFile[]> {
  const photo = await halves(600, 400).jpeg().toBuffer();
  const png = await halves(300, 200).removeAlpha().png().toBuffer();
  const webp = await halves(300, 200).webp().toBuffer();
  const page = '<html><script>alert(1)</script></html>';
  const film = '\u0000\u0000\u0000\u0018ftypmp42 a short film';
  const exif = { IFD0: { Make: 'Lantern', Software: 'secret tool' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 14/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '121/1 28/1 0/1' } };
  const located = await halves(600, 400).withExif(exif).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>noted</note></x:xmpmeta>').jpeg().toBuffer();
  const turned = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(async (orientation) => halves(600, 400).withMetadata({ orientation }).jpeg().toBuffer()));
  const flood = await sharp({ create: { width: 20_000, height: 2_100, channels: 3, background: '#ffffff' }, limitInputPixels: false }).png().toBuffer();
  const long = '很长的名字'.repeat(60);
  const kept = (title: string, name: string, bytes: Uint8Array, more: Partial<CorpusFile> = {}): CorpusFile => ({ title, name, bytes, expected: 'kept', ...more });
  const refused = (expected: string, title: string, name: string, bytes: Uint8Array): CorpusFile => ({ title, name, bytes, expected });
  return [
    kept('a photo', 'a.jpg', photo, { size: [600, 400] }),
    kept('a photo with a capital ending', 'a.JPG', photo),
    kept('a picture in PNG becomes a JPEG', '合影.png', png, { keptName: '合影.jpg', size: [300, 200] }),
    kept('one that can be seen through stays a PNG', 'a.png', await sharp({ create: { width: 40, height: 30, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } } }).png().toBuffer()),
    kept('a picture in WebP becomes a JPEG', 'a.webp', webp, { keptName: 'a.jpg' }),
    kept('a grey photo', 'a.jpg', await halves(100, 80).greyscale().jpeg().toBuffer()),
    kept('a photo for printing (CMYK)', 'a.jpg', await halves(100, 80).toColourspace('cmyk').jpeg().toBuffer()),
    kept('a large photo is made smaller', 'a.jpg', await halves(4000, 2000).jpeg().toBuffer(), { size: [2560, 1280] }),
    kept('a photo with place and maker', 'a.jpg', located),
    ...turned.map((bytes, at) => kept(`a photo held in way ${at + 1} stands upright`, 'a.jpg', bytes, { size: at < 4 ? [600, 400] : [400, 600] })),
    kept('a photo with a film behind it', 'a.jpg', joined(photo, film)),
    kept('a photo padded with zeros', 'a.jpg', joined(photo, new Uint8Array(64))),
    kept('a PDF', '通知.pdf', pdf()),
    kept('a PDF padded by a scanner', 'a.pdf', joined(pdf(), new Uint8Array(5000))),
    kept('a PDF of 500 pages', 'a.pdf', pdf('2 0 obj<</Type /Pages /Count 500>>endobj\n')),
    kept('a Word document', '签到表.docx', docx()),
    kept('a workbook', '名单.XLSX', zip(sheetTypes, { name: 'xl/workbook.xml', text: '<x/>' })),
    kept('a document about trade secrets with stars', 'a.docx', zip(wordTypes, paragraph('<w:t>商业秘密★★★</w:t>'))),
    kept('a name of 300 characters is cut, its ending kept', `${long}.jpg`, photo, { keptName: `${long.slice(0, 116)}.jpg` }),
    kept('a name written from right to left', 'a\u202egpj.exe.jpg', photo, { keptName: 'agpj.exe.jpg' }),
    kept('a name with control characters', 'a\u0000b\u001b[31m\r\nc.jpg', photo, { keptName: 'ab[31m c.jpg' }),
    kept('a name that climbs', '../../../etc/a.jpg', photo, { keptName: 'a.jpg' }),
    kept('a name that climbs in Windows', '..\\..\\a.jpg', photo, { keptName: 'a.jpg' }),
    kept('a name that climbs in disguise stays a name', '..%2f..%2fa.jpg', photo, { keptName: '..%2f..%2fa.jpg' }),

    refused('infected', 'EICAR', 'a.pdf', eicar),
    refused('infected', 'EICAR named as a photo', 'a.jpg', eicar),
    refused('infected', 'EICAR inside a document', 'a.docx', joined(docx(), eicar)),
    refused('classified_marking', 'a document marked secret', 'a.docx', zip(wordTypes, paragraph('<w:t>秘密★1年</w:t>'))),
    refused('classified_marking', 'one whose marking is in two pieces', 'a.docx', zip(wordTypes, paragraph('<w:r><w:t>机</w:t></w:r><w:r><w:t xml:space="preserve">密 ★</w:t></w:r>'))),
    refused('classified_marking', 'a workbook marked secret', 'a.xlsx', zip(sheetTypes, { name: 'xl/workbook.xml', text: '<x/>' }, { name: 'xl/sharedStrings.xml', text: '<sst><si><t>绝密★长期</t></si></sst>' })),
    refused('classified_marking', 'a PDF with a title marked secret', 'a.pdf', joined('%PDF-1.7\n', Buffer.from('机密★3年', 'utf16le').swap16(), pdf().subarray(9))),
    refused('classified_marking', 'a name marked secret', '通知（秘密★1年）.jpg', photo),
    refused('empty', 'nothing', 'a.jpg', new Uint8Array()),
    refused('trailing_data', 'a photo with an archive behind it', 'a.jpg', joined(photo, zip({ name: 'a', text: 'a' }))),
    refused('trailing_data', 'a photo with a page behind it', 'a.jpg', joined(photo, page)),
    refused('trailing_data', 'a photo with a program behind it', 'a.jpg', joined(photo, 'MZ', noise(400))),
    refused('trailing_data', 'two photos and a page', 'a.jpg', joined(photo, photo, page)),
    refused('trailing_data', 'a PNG with an archive behind it', 'a.png', joined(png, zip({ name: 'a', text: 'a' }))),
    refused('trailing_data', 'a WebP with a page behind it', 'a.webp', joined(webp, page)),
    refused('trailing_data', 'a PDF with an archive behind it', 'a.pdf', joined(pdf(), zip({ name: 'a', text: 'a'.repeat(9) }), noise(2000))),
    refused('trailing_data', 'a document with something behind it', 'a.docx', joined(docx(), 'x')),
    refused('type_not_allowed', 'a photo that begins a PDF', 'a.jpg', jpegComment(photo, '%PDF-1.7')),
    refused('type_not_allowed', 'a photo with a script in its head', 'a.jpg', jpegComment(photo, '<Script>')),
    refused('type_not_allowed', 'a drawing with script', 'a.svg', joined('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')),
    refused('type_not_allowed', 'a drawing named as a picture', 'a.png', joined('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')),
    refused('type_not_allowed', 'a page', 'a.html', joined('<!doctype html>', page)),
    refused('type_not_allowed', 'a page named as a photo', 'a.jpg', joined('<!doctype html>', page)),
    refused('type_not_allowed', 'text named as a photo', 'a.jpg', Buffer.from('不是照片')),
    refused('type_not_allowed', 'an archive', 'a.zip', zip({ name: 'a.txt', text: 'a' })),
    refused('type_not_allowed', 'an archive named as a document', 'a.docx', zip({ name: 'a.txt', text: 'a' })),
    refused('type_not_allowed', 'a program', 'a.exe', joined('MZ\u0090\u0000', new Uint8Array(300))),
    refused('type_not_allowed', 'an animation', 'a.gif', joined('GIF89a', new Uint8Array(30))),
    refused('type_not_allowed', 'a TIFF', 'a.tiff', await halves(20, 20).tiff().toBuffer()),
    refused('type_not_allowed', 'an AVIF', 'a.avif', joined('\u0000\u0000\u0000\u001cftypavif\u0000\u0000\u0000\u0000avifmif1miaf')),
    refused('type_not_allowed', 'a film', 'a.mp4', joined('\u0000\u0000\u0000\u0018ftypmp42\u0000\u0000\u0000\u0000mp42isom', new Uint8Array(100))),
    refused('type_not_allowed', 'an old Word file', 'a.doc', ole),
    refused('phone_original', 'an iPhone original', 'a.heic', joined('\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1heic')),
    refused('phone_original', 'an iPhone original named as a photo', 'a.jpg', joined('\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000mif1heic')),
    refused('type_and_name_differ', 'a PDF named as a photo', 'a.jpg', pdf()),
    refused('type_and_name_differ', 'a PNG named as a JPEG', 'a.jpg', png),
    refused('type_and_name_differ', 'a photo without an ending', 'photo', photo),
    refused('type_and_name_differ', 'a document named as a workbook', 'a.xlsx', docx()),
    refused('macros', 'a document that says it has macros', 'a.docx', zip(types('vnd.ms-word.document.macroEnabled'), paragraph(''))),
    refused('macros', 'a document that hides its macros', 'a.docx', docx({ name: 'word/vbaProject.bin', text: 'Sub AutoOpen' })),
    refused('macros', 'a document with ActiveX', 'a.docx', docx({ name: 'word/activeX/activeX1.xml', text: '<ax/>' })),
    refused('encrypted', 'a document with a password', 'a.docx', joined(ole, Buffer.from('EncryptedPackage', 'utf16le'))),
    refused('encrypted', 'a document with locked parts', 'a.docx', docx({ name: 'word/a.xml', text: 'a', flags: 1 })),
    refused('unpacks_too_large', 'a bomb that says so', 'a.docx', docx({ name: 'word/big.xml', text: 'a', claims: 3_000_000_000 })),
    refused('unpacks_too_large', 'a bomb', 'a.docx', docx({ name: 'word/big.xml', text: ' '.repeat(30_000_000) })),
    refused('file_unreadable', 'a document of 2,001 parts', 'a.docx', docx(...Array.from({ length: 2_000 }, (_, number) => ({ name: `word/${number}.xml`, text: 'a' })))),
    refused('file_unreadable', 'a document that climbs out of its folder', 'a.docx', docx({ name: '../../evil.xml', text: 'a' })),
    refused('file_unreadable', 'a document cut off', 'a.docx', docx().subarray(0, -30)),
    refused('file_unreadable', 'a PDF cut off', 'a.pdf', pdf().subarray(0, 40)),
    refused('too_many_pages', 'a PDF of 501 pages', 'a.pdf', pdf('2 0 obj<</Count 501 /Kids [] /Type /Pages>>endobj\n')),
    refused('picture_unreadable', 'a photo cut off early', 'a.jpg', photo.subarray(0, Math.floor(photo.length * 0.3))),
    refused('picture_unreadable', 'a photo cut off late', 'a.jpg', photo.subarray(0, Math.floor(photo.length * 0.95))),
    refused('picture_unreadable', 'a PNG cut off', 'a.png', png.subarray(0, Math.floor(png.length * 0.8))),
    refused('picture_unreadable', 'a photo with noise in its middle', 'a.jpg', joined(photo.subarray(0, 300), noise(200).map((byte) => (byte === 0xff ? 0 : byte)), photo.subarray(500))),
    refused('too_many_pixels', '42 million pixels in 130 KB', 'a.png', flood),
    refused('too_many_pixels', 'a head that says 40,001 × 40,001', 'a.png', claiming(png, 40_001, 40_001)),
    refused('too_large', 'a photo over 15 MB', 'a.jpg', joined(photo, new Uint8Array(15_728_640))),
    refused('too_large', 'a PDF over 30 MB', 'a.pdf', joined(pdf(), new Uint8Array(31_457_281))),
  ];
}
