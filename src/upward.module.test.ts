// Upward one sees what was submitted, never what is being drafted; sideways and upwards one sees nothing (security A6.1, decision
// 0009). Strings are planted wherever people write; every reading endpoint is walked in every state of a return, from above, from
// beside and from below. A new reading endpoint fails here until it is listed with what it is asked.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { implementations } from './modules.ts';
import { deleteActivity, editActivity, recordActivity } from './modules/activities/contract.ts';
import { uploadEvidence } from './modules/evidence/contract.ts';
import { addAdjustment, withdrawAdjustment } from './modules/figures/contract.ts';
import { createReport, getReport, saveReport } from './modules/reports/contract.ts';
import { confirmForm, readFilledForm } from './modules/forms/contract.ts';
import { takeReturnAct, writeFindingNote } from './modules/returns/contract.ts';
import type { Endpoint } from './shared/endpoint.ts';
import { requestKeyHeader, requestOf } from './shared/request.ts';
import type { Person } from './testing/country.ts';
import { type Country, openWorld, type World } from './testing/harness.ts';
import { type Ground, questions } from './testing/questions.ts';
import { act, edition, fillLedger, publicity, training, writeNotes } from './testing/steps.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const place = '政务中心三楼会议室';

/** They show live counts of units below, marked as such (decision 0009): planted figures stand here, planted words do not. */
const liveCounts: ReadonlySet<string> = new Set(['exports.make matrix', 'exports.make cell', 'figures.get_table', 'figures.get_matrix', 'figures.get_cell', 'figures.get_trend']);

/** They name people by their posts. */
const posts: ReadonlySet<string> = new Set(['access.explain', 'people.list_accounts', 'exports.make accounts']);

const readings = implementations.map(({ endpoint }) => endpoint).filter(({ method, answer }) => method === 'GET' || answer === 'stream');

interface Heard {
  readonly endpoint: string;
  readonly unitCode: string;
  readonly text: string;
}

async function ask(country: Country, person: Person, endpoint: Endpoint, input: object): Promise<Response> {
  const shape = requestOf(endpoint, input as never);
  const headers = { 'content-type': 'application/json', [requestKeyHeader]: crypto.randomUUID() };
  return country.as(person).raw(shape.path, { method: shape.method, headers, ...(shape.body === null ? {} : { body: shape.body }) });
}

async function hear(country: Country, person: Person, endpoint: Endpoint, input: object): Promise<string> {
  const response = await ask(country, person, endpoint, input);
  const body = await response.text();
  // Not understood is not refused: a question that is wrong proves nothing.
  if (response.status === 400 || response.status >= 500) throw new Error(`${endpoint.name} ${JSON.stringify(input)}: ${response.status} ${body}`);
  return `${decodeURIComponent(response.headers.get('content-disposition') ?? '')} ${body}`;
}

/** One endpoint takes many lists out. */
function nameOf(endpoint: Endpoint, input: object): string {
  const subject: unknown = Reflect.get(input, 'subject');
  return typeof subject === 'object' && subject !== null && 'kind' in subject ? `${endpoint.name} ${String(subject.kind)}` : endpoint.name;
}

/** No more than there are connections: on a busy machine whoever waits too long for one is refused. */
async function fewAtOnce<T>(work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const left = [...work];
  const done: T[] = [];
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) done.push(await next());
  }));
  return done;
}

/** Everything a person hears about a unit, and, when `home`, about the own one. */
async function walk(country: Country, person: Person, ground: Ground, home: boolean): Promise<Heard[]> {
  const own = person.split(' of ')[1] ?? '';
  const grounds = own === ground.unitCode || !home ? [ground] : [ground, { unitCode: own, activities: [], evidence: [], forms: [], reports: [], versions: 0 }];
  const asked = grounds.flatMap((one) => readings.flatMap((endpoint) => (questions[endpoint.name]?.(one) ?? []).map((input) => async (): Promise<Heard> => (
    { endpoint: nameOf(endpoint, input), unitCode: one.unitCode, text: await hear(country, person, endpoint, input) }
  ))));
  // An act on a state long gone is refused in every state, and the refusal says who acted last.
  const late = { edition, unitCode: ground.unitCode, version: 0, command: { act: 'accept' } };
  const refusal = person.startsWith('coordinator') || person.startsWith('national') ? [{ endpoint: 'returns.act', unitCode: ground.unitCode, text: await hear(country, person, takeReturnAct, late) }] : [];
  return [...(await fewAtOnce(asked)), ...refusal];
}

/** A unit's story: what people wrote at it, and what of it has been submitted by now. */
class Story {
  readonly unitCode: string;
  readonly clerk: Person;
  /** Writes and sends like the clerk, but nothing of it is ever submitted: not even the name may be seen from above. */
  readonly ghost: Person;
  readonly activities: string[] = [];
  readonly evidence: string[] = [];
  readonly forms: string[] = [];
  readonly reports: string[] = [];
  readonly drafted = new Set<string>();
  readonly figures = new Set<string>();
  readonly submitted = new Set<string>();
  /** In how many states it was looked at. */
  looks = 0;

  constructor(unitCode: string, clerk: Person, ghost: Person) {
    this.unitCode = unitCode;
    this.clerk = clerk;
    this.ghost = ghost;
    this.drafted.add(ghost);
  }

  get country(): Country {
    return world.committed;
  }

  get reviewer(): Person {
    return `reviewer of ${this.unitCode}`;
  }

  get head(): Person {
    return `head of ${this.unitCode}`;
  }

  /** Remembers words as written and not submitted. */
  draft<T extends string>(words: T): T {
    this.drafted.add(words);
    return words;
  }

  submit(...words: readonly string[]): void {
    for (const one of words) {
      expect(this.drafted.delete(one), one).toBe(true);
      this.submitted.add(one);
    }
  }

  /** What was submitted and has been replaced since by something submitted too: nobody asks for it any more. */
  replace(...words: readonly string[]): void {
    for (const one of words) expect(this.submitted.delete(one), one).toBe(true);
  }

  async record(person: Person, content: ReturnType<typeof training>): Promise<string> {
    const { id } = await this.country.as(person).call(recordActivity, { edition, unitCode: this.unitCode, content });
    this.activities.push(id);
    return id;
  }

  async attach(name: string): Promise<string> {
    // Files of the same bytes are the same file: the name makes them differ.
    const bytes = new TextEncoder().encode(`%PDF-1.7\n%${name}\ntrailer<</Root 1 0 R>>\n%%EOF\n`);
    const { id } = await this.country.as(this.clerk).call(uploadEvidence, { edition, unitCode: this.unitCode, name: this.draft(name) }, { bytes });
    this.evidence.push(id);
    return id;
  }

  /** Reads a filled form in which one figure is given; `visits` null leaves its question open. */
  async form(name: string, visits: number | null): Promise<string> {
    const clerk = this.country.as(this.clerk);
    const lines = world.edition.indicators.map(({ row, label, unitWord, code }) => `${row},"${label}",（${code === 'visit.enterprises' ? (visits ?? '') : ''}）${unitWord}`);
    const bytes = new TextEncoder().encode(`序号,具体内容,数据\n${lines.join('\n')}\n${name}`);
    const { form, reading } = await clerk.call(readFilledForm, { edition, unitCode: this.unitCode, name: this.draft(name) }, { bytes });
    this.forms.push(form.id);
    if (visits !== null) await clerk.call(confirmForm, { id: form.id, figures: reading.figures, below: [], chosen: {} });
    return form.id;
  }

  /** Writes a sentence into the unit's summary report. */
  async report(sentence: string): Promise<void> {
    const clerk = this.country.as(this.clerk);
    const [id = (await clerk.call(createReport, { edition, unitCode: this.unitCode, kind: 'summary' })).id] = this.reports;
    if (this.reports.length === 0) this.reports.push(id);
    const { document, version } = await clerk.call(getReport, { id });
    await clerk.call(saveReport, { id, version, document: { ...document, blocks: [{ type: 'paragraph', runs: [{ text: this.draft(sentence), bold: false }] }] } });
  }

  async adjust(delta: number, reason: string): Promise<string> {
    const { id } = await this.country.as(this.clerk).call(addAdjustment, { edition, unitCode: this.unitCode, indicator: 'visit.enterprises', delta, reason: this.draft(reason) });
    return id;
  }

  async explain(note: string): Promise<void> {
    await this.country.as(this.clerk).call(writeFindingNote, { edition, unitCode: this.unitCode, check: 'adjustment_share', note: this.draft(note) });
  }

  async act(person: Person, name: 'self_check' | 'send_for_review' | 'withdraw' | 'approve' | 'sign' | 'seal' | 'submit' | 'accept'): Promise<void> {
    if (name === 'send_for_review') await writeNotes(this.country, this.unitCode);
    await act(this.country, person, this.unitCode, { act: name });
  }

  async sendBack(person: Person, name: 'return_for_correction' | 'return_by_upper', text: string): Promise<void> {
    await act(this.country, person, this.unitCode, { act: name, reasons: [{ indicator: 'training.sessions', text }] });
  }

  /** From the review to the seal; the receipt is the unit's own until it submits. */
  async seal(): Promise<string> {
    await this.act(this.clerk, 'send_for_review');
    await this.act(this.reviewer, 'approve');
    await this.act(this.head, 'sign');
    const { seal } = await act(this.country, this.head, this.unitCode, { act: 'seal' });
    return this.draft(seal?.receiptCode ?? 'no seal');
  }
}

const found = (heard: readonly Heard[], words: string): string[] => [...new Set(heard.filter(({ text }) => text.includes(words)).map(({ endpoint }) => endpoint))];

interface Audience {
  readonly above: readonly Person[];
  readonly elsewhere: readonly Person[];
}

/** Where most is drafted that nobody else may hear, everybody is asked, and about the own unit too; else two from elsewhere, in turn, about the story's. */
const richest: ReadonlySet<string> = new Set(['draft', 'submitted, and recorded further', 'reopened', 'recorded further, and returned from above']);

/** The unit's own people hear everything; those above what was submitted; all others nothing. */
async function expectSeen(story: Story, people: Audience, state: string): Promise<void> {
  const { country, unitCode } = story;
  const { versions } = await country.database.read((tx) => tx.selectFrom('returnVersion').select(({ fn }) => fn.countAll<string>().as('versions')).where('unitCode', '=', unitCode).executeTakeFirstOrThrow());
  const ground: Ground = { unitCode, activities: story.activities, evidence: story.evidence, forms: story.forms, reports: story.reports, versions: Number(versions) };
  const own = await walk(country, story.clerk, ground, true);
  for (const words of [...story.drafted, ...story.figures, ...story.submitted]) expect(found(own, words), `${story.clerk} reads ${words}`).not.toEqual([]);
  story.looks += 1;
  const elsewhere = people.elsewhere.filter((_, at) => richest.has(state) || (at + story.looks * 2) % people.elsewhere.length < 2);
  for (const person of [...people.above, ...elsewhere]) {
    const above = people.above.includes(person);
    const heard = await walk(country, person, ground, above || richest.has(state));
    for (const words of story.drafted) {
      // Who holds which post is no draft; who drafted is.
      const told = words === story.ghost ? heard.filter((one) => !posts.has(one.endpoint)) : heard;
      expect(found(told, words), `${person} hears ${words}`).toEqual([]);
    }
    // Who sits at a unit above sees in its own totals what is below, whatever the role.
    const allowed = (one: Heard): boolean => liveCounts.has(one.endpoint) && (above || one.unitCode !== unitCode);
    for (const figure of story.figures) expect(found(heard.filter((one) => !allowed(one)), figure), `${person} hears ${figure}`).toEqual([]);
    for (const words of story.submitted) {
      if (above) expect(found(heard, words), `${person} reads ${words}`).not.toEqual([]);
      else expect(found(heard, words), `${person} hears ${words}`).toEqual([]);
    }
  }
}

describe('what a county writes', () => {
  const story = new Story('990101', 'clerk of 990101', 'coordinator of 990101');
  const upper: Person = 'coordinator of 990100';
  const people = {
    above: [upper, 'head of 990100', 'reviewer of 990000', 'national_office of 000000'],
    elsewhere: ['clerk of 990102', 'coordinator of 990200', 'coordinator of 980000', 'head of 990102', 'clerk of 990100'],
  } as const;
  let first = '';
  let second = '';
  let receipt = '';

  const steps: readonly (readonly [state: string, run: () => Promise<void>])[] = [
    ['draft', async () => {
      await fillLedger(story.country, story.unitCode);
      // A whole activity that will be deleted, with a figure of its own: 30 of the filled ledger and 6543217.
      await story.record(story.ghost, publicity({ title: story.draft('密会一号'), place, note: story.draft('密注一号'), values: { mode: 'offline', attendances: 6_543_217, materials: 1 } }));
      story.figures.add('6543247');
      first = await story.record(story.clerk, training({ title: story.draft('密稿甲一'), place, evidence: [await story.attach('密图甲.pdf')] }));
      const content = training({ title: story.draft('定稿甲一'), place, note: story.draft('定注甲一'), evidence: [await story.attach('附件甲.pdf')] });
      await story.country.as(story.clerk).call(editActivity, { id: first, version: 1, content, reason: story.draft('改因甲一') });
      const withdrawn = await story.adjust(5, '先调后撤的缘由一号');
      await story.country.as(story.clerk).call(withdrawAdjustment, { id: withdrawn, reason: story.draft('撤销调整的缘由一号') });
      await story.adjust(9, '调整留存的缘由一号');
      await story.explain('说明初稿一号，尚未定稿');
      await story.form('密表甲.csv', 77);
      await story.form('密表乙.csv', null);
    }],
    ['self_checked', () => story.act(story.ghost, 'self_check')],
    ['in_review', () => story.act(story.ghost, 'send_for_review')],
    ['returned', () => story.sendBack(story.reviewer, 'return_for_correction', story.draft('内部意见一号'))],
    ['withdrawn', async () => {
      await story.act(story.ghost, 'send_for_review');
      await story.act(story.ghost, 'withdraw');
    }],
    ['sealed', async () => {
      const [ghostly = ''] = story.activities;
      await story.country.as(story.clerk).call(deleteActivity, { id: ghostly, version: 1 });
      story.figures.clear();
      await story.explain('说明定稿一号，核对无误');
      await story.report('报告定稿一号');
      await story.form('定表甲.csv', 88);
      receipt = await story.seal();
    }],
    ['submitted', async () => {
      await story.act(story.head, 'submit');
      story.submit('定稿甲一', '定注甲一', '改因甲一', '附件甲.pdf', '调整留存的缘由一号', '说明定稿一号，核对无误', '报告定稿一号', '定表甲.csv', receipt);
    }],
    ['submitted, and recorded further', async () => {
      await story.report('报告定稿二号');
      const content = training({ title: story.draft('密稿甲二'), place, note: story.draft('密注甲二'), evidence: [await story.attach('密图乙.pdf')] });
      await story.country.as(story.clerk).call(editActivity, { id: first, version: 2, content, reason: story.draft('改因甲二') });
      // 40 of the filled ledger, 40 of the edited one, and 7654321.
      second = await story.record(story.ghost, training({ title: story.draft('密会二号'), place, values: { mode: 'offline', attendances: 7_654_321 } }));
      story.figures.add('7654401');
      await story.adjust(2, '调整留存的缘由二号');
    }],
    ['returned_by_upper', async () => {
      await story.sendBack(upper, 'return_by_upper', story.draft('上级意见一号'));
      story.submit('上级意见一号');
      await story.explain('说明初稿二号，还要再改');
      await story.act(story.ghost, 'self_check');
    }],
    ['in_review again', () => story.act(story.ghost, 'send_for_review')],
    ['returned again', () => story.sendBack(story.reviewer, 'return_for_correction', story.draft('内部意见二号'))],
    ['submitted again', async () => {
      const content = training({ title: story.draft('定稿甲二'), place });
      await story.country.as(story.clerk).call(editActivity, { id: first, version: 3, content });
      await story.country.as(story.clerk).call(deleteActivity, { id: second, version: 1 });
      story.figures.clear();
      await story.explain('说明定稿二号，核对无误');
      const next = await story.seal();
      await story.act(story.head, 'submit');
      story.submit('定稿甲二', '调整留存的缘由二号', '说明定稿二号，核对无误', '报告定稿二号', next);
      story.replace('定稿甲一', '定注甲一', '改因甲一', '附件甲.pdf', '报告定稿一号');
    }],
    ['accepted', () => story.act(upper, 'accept')],
    ['correction_requested', async () => {
      await act(story.country, story.clerk, story.unitCode, { act: 'request_correction', reason: story.draft('更正申请的缘由一号') });
      story.submit('更正申请的缘由一号');
    }],
    ['reopened', async () => {
      await act(story.country, upper, story.unitCode, { act: 'reopen', reason: story.draft('同意重开的缘由一号') });
      story.submit('同意重开的缘由一号');
      await story.country.as(story.clerk).call(editActivity, { id: first, version: 4, content: training({ title: story.draft('密稿甲三'), place }), reason: story.draft('改因甲三') });
      await story.record(story.ghost, training({ title: story.draft('密会三号'), place, values: { mode: 'offline', attendances: 8_765_432 } }));
      story.figures.add('8765512');
      await story.explain('说明初稿三号，还要再改');
    }],
    ['reopened and in_review', () => story.act(story.ghost, 'send_for_review')],
    ['reopened, reviewed and returned', () => story.sendBack(story.reviewer, 'return_for_correction', story.draft('内部意见三号'))],
  ];

  it('is asked for by every reading endpoint', () => {
    expect(readings.map(({ name }) => name).toSorted()).toEqual(Object.keys(questions).toSorted());
  });

  it.each(steps)('%s: is seen by its own people, from above as submitted, by nobody else', async (state, run) => {
    await run();
    await expectSeen(story, people, state);
  }, 60_000);
});

describe('what a city writes', () => {
  const story = new Story('990200', 'coordinator of 990200', 'clerk of 990200');
  const people = {
    above: ['coordinator of 990000', 'national_office of 000000'],
    elsewhere: ['clerk of 990201', 'head of 990201', 'coordinator of 990100', 'coordinator of 980000'],
  } as const;
  let id = '';

  it.each<readonly [state: string, run: () => Promise<void>]>([
    ['draft', async () => {
      await fillLedger(story.country, story.unitCode);
      await story.record(story.ghost, publicity({ title: story.draft('市局密会一号'), place, occurredOn: '2023-06-16' }));
      id = await story.record(story.clerk, training({ title: story.draft('市局密稿一号'), place }));
      await story.adjust(9, '市局调整的缘由一号');
      await story.explain('市局说明一号，下级缺报');
      await story.country.as(story.clerk).call(writeFindingNote, { edition, unitCode: story.unitCode, check: 'missing_children', note: story.draft('市局缺报说明，正在催报') });
    }],
    ['in_review', () => story.act(story.ghost, 'send_for_review')],
    ['returned', () => story.sendBack(story.reviewer, 'return_for_correction', story.draft('市局内部意见'))],
    ['submitted', async () => {
      const [ghostly = ''] = story.activities;
      await story.country.as(story.clerk).call(deleteActivity, { id: ghostly, version: 1 });
      const receipt = await story.seal();
      await story.act(story.head, 'submit');
      story.submit('市局密稿一号', '市局调整的缘由一号', '市局说明一号，下级缺报', '市局缺报说明，正在催报', receipt);
    }],
    ['recorded further, and returned from above', async () => {
      await story.country.as(story.clerk).call(editActivity, { id, version: 1, content: training({ title: story.draft('市局密稿二号'), place }) });
      await story.sendBack('coordinator of 990000', 'return_by_upper', story.draft('省局退回意见'));
      story.submit('省局退回意见');
    }],
  ])('%s: is not seen by its counties, its neighbours or another province', async (state, run) => {
    await run();
    await expectSeen(story, people, state);
  }, 60_000);
});
