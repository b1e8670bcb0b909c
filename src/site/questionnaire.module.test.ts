// A questionnaire is answered by forms alone, as a browser without script does: pages, skip logic, errors, going back, languages.
import { sql } from 'kysely';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listChannels, openChannel } from '../modules/questionnaires/contract/channels.ts';
import { publishQuestionnaire, sampleDefinition, workFor } from '../testing/answering.ts';
import { nasty } from '../testing/fuzzing.ts';
import { type Country, openWorld, type World } from '../testing/harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ site: { answerWork: 1 } });
});
afterAll(() => world.close());

const unitCode = '990101';
type Held = Country & { tx: NonNullable<Country['tx']> };

async function opened(country: Held, definition = sampleDefinition()): Promise<string> {
  const id = await publishQuestionnaire(country.tx, unitCode, definition);
  const clerk = country.as(`clerk of ${unitCode}`);
  await clerk.call(openChannel, { id, kind: 'open', name: '公众号' });
  return (await clerk.call(listChannels, { id })).channels[0]?.link?.address ?? '';
}

type Fields = readonly (readonly [string, string])[];

interface Page {
  readonly status: number;
  readonly text: string;
  readonly to: string | null;
}

async function pageOf(response: Response): Promise<Page> {
  return { status: response.status, text: await response.text(), to: response.headers.get('location') };
}

const unescaped = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Hidden fields as the page carries them. */
function hiddenIn(text: string): Fields {
  return [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [name, unescaped(value)] as const);
}

async function post(country: Held, path: string, fields: Fields): Promise<Page> {
  const body = new URLSearchParams();
  for (const [name, value] of fields) body.append(name, value);
  return pageOf(await country.app.request(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost', host: 'localhost' } }));
}

const go = (country: Held, path: string, page: Page, act: string, fields: Fields): Promise<Page> => post(country, path, [...hiddenIn(page.text), ...fields, ['act', act]]);

it('goes page by page without script, says what is wrong, brings questions up, and loses nothing going back', () => world.rolledBack(async (country) => {
  const path = await opened(country);
  const first = await pageOf(await country.app.request(path));
  expect(first.status).toBe(200);
  expect(first.text).toContain('本问卷匿名');
  expect(first.text).toContain('第1页，共2页');
  const wrong = await go(country, path, first, 'next', [['v.measures', 'rules'], ['v.measures', 'none']]);
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('<a href="#f-size">企业规模：请回答这一题。</a>');
  expect(wrong.text).toContain('<a href="#f-measures">已有措施：选了这一项就不能再选其他项。</a>');
  expect(wrong.text).toMatch(/value="rules" checked/);
  const second = await go(country, path, wrong, 'next', [['v.size', 'large'], ['v.measures', 'rules']]);
  expect(second.text).toContain('第2页，共2页');
  expect(second.text).toContain('您是大型企业，有什么建议');
  expect(second.text).toMatch(/data-question="staff">/);
  const english = await go(country, path, second, 'language:en', [['v.worry', '4'], ['v.advice_text', '<b>培训</b>']]);
  expect(english.text).toContain('As Large: suggestions');
  expect(english.text).toContain('&lt;b&gt;培训&lt;/b&gt;');
  const back = await go(country, path, english, 'back', [['v.worry', '4'], ['v.advice_text', '<b>培训</b>'], ['v.staff', '１，２００']]);
  expect(back.text).toMatch(/value="large" checked/);
  const again = await go(country, path, back, 'next', [['v.size', 'large'], ['v.measures', 'rules']]);
  expect(again.text).toMatch(/value="4" checked/);
  expect(again.text).toContain('value="1200"');
  const early = await go(country, path, again, 'send', [['v.worry', '4'], ['v.staff', '1200'], ['v.advice_text', '培训']]);
  expect(early.status).toBe(422);
  expect(early.text).toContain('请再等20秒后提交');
  country.clock.set('2023-06-26T09:00:21.000+08:00');
  const sent = await go(country, path, early, 'send', [['v.worry', '4'], ['v.staff', '1200'], ['v.advice_text', '培训']]);
  expect([sent.status, sent.to]).toEqual([303, `${path}/done?in=en`]);
  expect((await pageOf(await country.app.request(sent.to ?? ''))).text).toContain('Thank you.');
  expect((await go(country, path, early, 'send', [['v.worry', '4'], ['v.staff', '1200']])).to).toBe(`${path}/done?in=en`);
  const { rows } = await sql<{ answers: unknown; lane: string; language: string }>`select answers, lane, language from questionnaire_answer`.execute(country.tx);
  expect(rows).toEqual([{ lane: 'waited', language: 'en', answers: { values: { size: 'large', measures: ['rules'], worry: 4, staff: 1200, advice_text: '培训' }, texts: {} } }]);
})());

it('brings up questions of the same page without script, and drops answers to what is not asked', () => world.rolledBack(async (country) => {
  const definition = sampleDefinition();
  const [one, two] = definition.sections;
  if (one === undefined || two === undefined) throw new Error('two sections');
  const path = await opened(country, sampleDefinition({ sections: [{ ...one, questions: [...one.questions, ...two.questions] }] }));
  const first = await pageOf(await country.app.request(path));
  expect(first.text).toMatch(/data-question="staff" hidden/);
  const more = await go(country, path, first, 'send', [['v.size', 'large'], ['v.worry', '2']]);
  expect(more.text).toContain('本页还有下面几题');
  expect(more.text).toMatch(/data-question="staff">/);
  const proof = await workFor({ challenge: new Map(hiddenIn(more.text)).get('challenge') ?? null });
  const fields = hiddenIn(more.text).map(([name, value]) => (name === 'proof' ? ([name, proof] as const) : ([name, value] as const)));
  const sent = await post(country, path, [...fields, ['v.size', 'small'], ['v.staff', '7'], ['v.worry', '2'], ['act', 'send']]);
  expect(sent.status).toBe(303);
  const { rows } = await sql<{ values: object; lane: string }>`select answers->'values' as values, lane from questionnaire_answer`.execute(country.tx);
  expect(rows).toEqual([{ lane: 'work', values: { size: 'small', worry: 2 } }]);
})());

it('asks for the firm where the questionnaire is named, and ends where the link does', () => world.rolledBack(async (country) => {
  const path = await opened(country, sampleDefinition({ anonymous: false }));
  const first = await pageOf(await country.app.request(path));
  expect(first.text).toContain('本问卷记名');
  const wrong = await go(country, path, first, 'next', [['v.size', 'small'], ['firm-name', '示例企业'], ['firm-uscc', '123']]);
  expect(wrong.text).toContain('<a href="#firm-uscc">');
  await sql`update questionnaire_channel set closed_at = now()`.execute(country.tx);
  const closed = await pageOf(await country.app.request(path));
  expect([closed.status, closed.text.includes('问卷已结束')]).toEqual([410, true]);
  expect((await country.app.request('/q/99zzzzzzzz')).status).toBe(404);
})());

it('never fails on what nobody should send', () => world.rolledBack(async (country) => {
  const path = await opened(country);
  const first = await pageOf(await country.app.request(path));
  const names = ['at', 'sheet', 'in', 'ticket', 'challenge', 'proof', 'version', 'shown', 'v.size', 'v.measures', 'v.worry', 'v.need.training', 't.size', 'act', 'request_key'];
  const texts = nasty.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).filter((one) => one.length < 10_000);
  const carried = [...texts, '{"values":{"size":{"a":1},"measures":"x","worry":[],"need":null},"texts":{"size":5}}', '{"values":[],"texts":null}', 'language:xx', 'back', 'send', '2'];
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...carried)), { maxLength: 6 }), async (changes) => {
    const fields = [...hiddenIn(first.text).filter(([name]) => !changes.some(([other]) => other === name)), ['act', 'send'] as const, ...changes];
    const answered = await post(country, path, fields);
    expect(answered.status, JSON.stringify(changes)).toBeLessThan(500);
  }), { numRuns: 60 });
})());
