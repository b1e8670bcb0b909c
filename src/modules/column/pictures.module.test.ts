// Pictures of articles from the upload to the public; feeds and the map of the site read as XML; whoever wrote never publishes, whatever roles.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walkXml } from '../../documents/grids/xml.ts';
import { actorOf } from '../../testing/country.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { edition } from '../../testing/steps.ts';
import { actOnArticle, createArticle, decideArticle, getArticle, readColumnPicture, readPublishedPicture, saveArticle, takeEvidencePicture, uploadColumnPicture } from './contract.ts';
import type { ArticleDocument } from './model.ts';
import { uploadEvidence } from '../evidence/contract.ts';
import { decideAct } from './rules.ts';

let world: World;
let photo: Buffer;
beforeAll(async () => {
  world = await openWorld();
  photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#993322' } }).withExif({ IFD0: { Make: 'Lantern' } }).jpeg().toBuffer();
});
afterAll(() => world.close());

const unitCode = '990100';
const unit = { edition, unitCode };
const editor = (country: Country) => country.as(`column_editor of ${unitCode}`);
const publisher = (country: Country) => country.as(`column_publisher of ${unitCode}`);
const withPicture = (picture: string, alt = '宣讲现场', title = '东湖市 <启动> & 宣讲'): ArticleDocument => ({ title, summary: '', origin: '', notBefore: null, blocks: [{ type: 'picture', picture, alt, caption: '' }] });

async function published(country: Country, document: ArticleDocument): Promise<{ id: string; version: number }> {
  const { id, version } = await editor(country).call(createArticle, { ...unit, kind: 'news', document });
  const offered = await editor(country).call(actOnArticle, { id, version, act: 'offer' });
  return { id, version: (await publisher(country).call(decideArticle, { id, version: offered.version, act: 'publish' })).version };
}

interface Element {
  readonly name: string;
  readonly text: string;
}

/** Leaves of a document that is well-formed: every element closed where it should be, one root. */
function leavesOf(xml: string): Element[] {
  const open: string[] = [];
  const leaves: Element[] = [];
  let text = '';
  let roots = 0;
  walkXml(xml, {
    open: (name) => {
      if (open.length === 0) roots += 1;
      open.push(name);
      text = '';
    },
    text: (piece) => {
      text += piece;
    },
    close: (name) => {
      expect(open.pop()).toBe(name);
      if (text.trim() !== '') leaves.push({ name, text: text.trim() });
      text = '';
    },
  });
  expect([open, roots]).toEqual([[], 1]);
  return leaves;
}

describe('a picture', () => {
  it('is drawn anew, seen by those who write and, published, by everybody until it is taken down', () => world.rolledBack(async (country) => {
    const kept = await editor(country).call(uploadColumnPicture, { ...unit, name: '现场.jpg' }, { bytes: photo });
    expect(kept).toMatchObject({ mediaType: 'image/jpeg', width: 900, height: 600 });
    const bytes = (await editor(country).call(readColumnPicture, { id: kept.id })) as Uint8Array;
    expect(Buffer.from(bytes).includes('Lantern')).toBe(false);
    expect((await country.as('column_editor of 990200').refusal(readColumnPicture, { id: kept.id })).code).toMatch(/^not_/);
    const { id, version } = await published(country, withPicture(kept.id));
    expect(((await country.anyone().call(readPublishedPicture, { id, picture: kept.id })) as Uint8Array).length).toBe(kept.bytes);
    const page = await (await country.anyone().raw(`/column/articles/${id}`)).text();
    expect(page).toContain('alt="宣讲现场"');
    expect(page).toContain('东湖市 &lt;启动&gt; &amp; 宣讲');
    await publisher(country).call(decideArticle, { id, version, act: 'take_down', reason: '照片里有未公开的设备' });
    expect((await country.anyone().refusal(readPublishedPicture, { id, picture: kept.id })).code).toBe('not_found');
    expect((await country.anyone().raw(`/column/articles/${id}/pictures/${kept.id}`)).status).toBe(404);
  })());

  it('is refused when it is none, without words, or another unit\'s', () => world.rolledBack(async (country) => {
    const upload = (name: string, bytes: Uint8Array) => editor(country).refusal(uploadColumnPicture, { ...unit, name }, { bytes });
    expect((await upload('图.png', Buffer.from('not a picture'))).code).toBe('file_refused');
    expect((await upload('表.pdf', Buffer.from('%PDF-1.7\ntrailer<</Root 1 0 R>>\n%%EOF\n'))).code).toBe('file_refused');
    expect((await country.as(`clerk of ${unitCode}`).refusal(uploadColumnPicture, { ...unit, name: '图.jpg' }, { bytes: photo })).code).toBe('not_permitted');
    const { id } = await editor(country).call(uploadColumnPicture, { ...unit, name: '现场.jpg' }, { bytes: photo });
    expect((await editor(country).refusal(createArticle, { ...unit, kind: 'news', document: withPicture(id, '') })).code).toBe('invalid_input');
    const foreign = await country.as('column_editor of 990200').refusal(createArticle, { edition, unitCode: '990200', kind: 'news', document: withPicture(id) });
    expect(foreign.code).toBe('not_found');
  })());

  it('of the ledger is not for an editor who may not read the ledger', () => world.rolledBack(async (country) => {
    const evidence = await country.as(`clerk of ${unitCode}`).call(uploadEvidence, { ...unit, name: '现场.jpg' }, { bytes: photo });
    expect((await editor(country).refusal(takeEvidencePicture, { ...unit, evidence: evidence.id })).code).toBe('not_permitted');
    expect((await country.as(`clerk of ${unitCode}`).refusal(takeEvidencePicture, { ...unit, evidence: evidence.id })).code).toBe('not_permitted');
  })());
});

it('feeds and the map of the site are XML, and say what was published', () => world.rolledBack(async (country) => {
  const kept = await editor(country).call(uploadColumnPicture, { ...unit, name: '现场.jpg' }, { bytes: photo });
  const { id } = await published(country, withPicture(kept.id));
  const read = async (path: string): Promise<Element[]> => leavesOf(await (await country.anyone().raw(path)).text());
  const feed = await read('/column/990100/feed.xml');
  expect(feed).toContainEqual({ name: 'title', text: '东湖市 <启动> & 宣讲' });
  expect(feed.find(({ name }) => name === 'guid')?.text).toContain(`/column/articles/${id}`);
  expect(feed.find(({ name }) => name === 'pubDate')?.text).toMatch(/ GMT$/);
  const map = await read('/sitemap.xml');
  const places = map.filter(({ name }) => name === 'loc').map(({ text }) => new URL(text).pathname);
  expect(places).toEqual(expect.arrayContaining(['/column', '/column/990100', `/column/articles/${id}`]));
  expect(new Set(places).size).toBe(places.length);
})());

describe('whoever had a hand in an article', () => {
  it('never publishes it, though the account may publish', () => world.rolledBack(async (country) => {
    const document: ArticleDocument = { ...withPicture(''), blocks: [{ type: 'heading', level: 2, text: '小标题' }] };
    const { id, version } = await editor(country).call(createArticle, { ...unit, kind: 'news', document });
    const offered = await editor(country).call(actOnArticle, { id, version, act: 'offer' });
    // As if the publisher's account had written as well, when it held that role.
    await country.tx.updateTable('article').set({ authors: [actorOf(`column_publisher of ${unitCode}`).accountId] }).where('id', '=', id).execute();
    expect((await publisher(country).refusal(decideArticle, { id, version: offered.version, act: 'publish' })).details['rule']).toBe('author_publishes');
    expect((await publisher(country).call(getArticle, { id })).mayNot).toContainEqual({ act: 'publish', rule: 'author_publishes' });
    expect((await editor(country).refusal(saveArticle, { id, version: offered.version, document })).code).toBe('wrong_state');
  })());

  it('is asked of nobody\'s roles', () => {
    const standing = { state: 'offered', publishedVersion: null, authors: ['a', 'b'], document: withPicture('') } as const;
    expect(['a', 'b', 'c'].map((accountId) => decideAct('publish', standing, { accountId, reason: null }).ok)).toEqual([false, false, true]);
  });
});
