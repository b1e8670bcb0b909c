// A questionnaire from its first question to the table: built in the builder, sent by an open link, one-time links and on paper, answered
// 200 times (most through the forms of the site, some in a browser, one of these without script), analysed, and counted in row 4.
import { expect, inject, it } from 'vitest';
import { syntheticUscc } from '../src/testing/uscc.ts';
import { workFor } from '../src/testing/answering.ts';
import { cookieOf, expectAccessible, expectNoSideways, openStage, picture } from './journey.ts';

const stage = openStage();
const person = 'clerk 330110';
const sizes = ['小微企业', '中型企业', '大型企业'];
const open = 11;
const invited = 173;
const links = 180;
const paper = 16;
const copies = 30;
const all = open + invited + paper;

/** What the answer of this number says. */
const sizeOf = (number: number): number => number % 3;
const worryOf = (number: number): number => (number % 5) + 1;
const textOf = (number: number): string => (number % 10 === 0 ? `希望提供第${String(number)}种范本` : '');
const count = (holds: (number: number) => boolean): string => String(Array.from({ length: all }, (_, number) => number).filter(holds).length);

type Fields = readonly (readonly [string, string])[];

const plain = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function hiddenIn(page: string): Fields {
  return [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [name, plain(value)] as const);
}

async function post(path: string, fields: Fields): Promise<Response> {
  return fetch(`${inject('address')}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields.map(([name, value]) => [name, value])), headers: { origin: inject('address') } });
}

/** Page by page, as a browser posts them; by an open link with the work a script would do. */
async function answer(path: string, number: number): Promise<void> {
  const first = hiddenIn(await (await fetch(`${inject('address')}${path}`)).text());
  const challenge = new Map(first).get('challenge') ?? '';
  const second = hiddenIn(await (await post(path, [...first, ['v.q1', `o${String(sizeOf(number) + 1)}`], ['v.q2', String(worryOf(number))], ['act', 'next']])).text());
  const proof = challenge === '' ? '' : await workFor({ challenge });
  const sent = await post(path, [...second.filter(([name]) => name !== 'proof'), ['proof', proof], ['v.q3', textOf(number)], ['act', 'send']]);
  expect([sent.status, sent.headers.get('location')], await sent.text()).toEqual([303, `${path}/done?in=zh`]);
}

async function enterPaper(channel: string, number: number): Promise<void> {
  const text = textOf(number);
  const answers = { values: { q1: `o${String(sizeOf(number) + 1)}`, q2: worryOf(number), ...(text === '' ? {} : { q3: text }) }, texts: {} };
  const headers = { 'content-type': 'application/json', 'x-request-key': crypto.randomUUID(), cookie: `fuwuyue=${await cookieOf(person)}` };
  const entered = await fetch(`${inject('address')}/api/questionnaire-channels/${channel}/answers`, { method: 'POST', headers, body: JSON.stringify({ answers }) });
  expect(entered.status, await entered.text()).toBe(200);
}

/** Several visitors at a time. */
async function each(numbers: readonly number[], run: (number: number, at: number) => Promise<void>): Promise<void> {
  const left = numbers.map((number, at) => [number, at] as const);
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await run(...next);
  }));
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);

async function issuedInTable(): Promise<number> {
  const response = await fetch(`${inject('address')}/api/editions/2023/units/330110/table`, { headers: { cookie: `fuwuyue=${await cookieOf(person)}` } });
  const { own } = (await response.json()) as { readonly own: { readonly [indicator: string]: { readonly value: number } } };
  return own['questionnaire.issued']?.value ?? 0;
}

it('a questionnaire is built, sent by three channels, answered 200 times, analysed, and counts in row 4', async () => {
  const before = await issuedInTable();
  const { page, base, faults, context } = await stage.visit(person);
  await page.goto(`${base}/questionnaires`);
  await page.getByRole('button', { name: '新建空白问卷' }).click();

  // Built: two pages, three kinds of question.
  await page.getByLabel('标题', { exact: true }).fill('浏览器里编的问卷');
  await page.getByLabel('填写说明').fill('了解企业需要，约一分钟。');
  const add = page.getByLabel('添加题目');
  await add.selectOption('single');
  await page.getByLabel('题目', { exact: true }).fill('企业规模');
  await page.getByRole('button', { name: '添加选项' }).click();
  for (const [at, size] of sizes.entries()) await page.getByLabel(`选项 ${String(at + 1)}`, { exact: true }).fill(size);
  await add.selectOption('scale');
  await page.getByLabel('题目', { exact: true }).fill('对泄密的担心程度');
  await page.getByRole('button', { name: '添加一页' }).click();
  await add.selectOption('text');
  await page.getByLabel('题目', { exact: true }).fill('有什么建议');
  await page.getByLabel('必答').uncheck();
  await expectAccessible(page);
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByText('已发布第 1 版').waitFor();
  await picture(page, 'questionnaire-built');

  // Sent by three channels.
  await page.getByRole('link', { name: '发放' }).click();
  const begin = page.getByRole('form', { name: '开设渠道' });
  const channel = async (kind: string, name: string, handedOut?: number): Promise<void> => {
    await begin.getByRole('radio', { name: kind, exact: true }).check();
    await begin.getByLabel('渠道名称').fill(name);
    if (handedOut !== undefined) await begin.getByLabel('发出份数').fill(String(handedOut));
    await begin.getByRole('button', { name: '开设渠道' }).click();
    await page.getByRole('region', { name, exact: true }).waitFor();
  };
  await channel('公开链接', '公众号');
  await channel('专用链接', '重点企业');
  await channel('纸质', '政务大厅', 20);
  await page.getByRole('img', { name: '公众号的二维码' }).waitFor();
  const publicPath = new URL((await page.locator('a.survey-address').innerText()).trim()).pathname;
  const firms = page.getByRole('region', { name: '重点企业', exact: true });
  await firms.getByRole('button', { name: '企业名单' }).click();
  await firms.getByRole('textbox', { name: '企业名单' }).fill(range(0, links).map((number) => `${syntheticUscc(7_300_000 + number)} 问卷旅程企业${String(number)}`).join('\n'));
  await firms.getByRole('button', { name: '生成链接' }).click();
  const sheet = page.locator('.survey-sheet li');
  await expect.poll(() => sheet.count()).toBe(links);
  const own = (await sheet.allInnerTexts()).map((text) => /\/q\/[a-z0-9]+/.exec(text)?.[0] ?? '');
  expect(new Set(own).size).toBe(links);
  await expectAccessible(page);
  await picture(page, 'questionnaire-channels');
  const paperChannel = new URL((await page.getByRole('link', { name: '录入答卷' }).getAttribute('href')) ?? '', inject('address')).searchParams.get('channel') ?? '';

  // Answered: three in a browser, the others as forms.
  await Promise.all([answerInBrowser(publicPath, 0), answerWithoutScript(own[0] ?? '', open)]);
  await each(range(1, open), (number) => answer(publicPath, number));
  await each(range(open + 1, open + invited), (number, at) => answer(own[at + 1] ?? '', number));
  expect((await fetch(`${inject('address')}${own[0] ?? ''}`)).status).toBe(410);
  await each(range(open + invited + 1, all), (number) => enterPaper(paperChannel, number));
  await page.getByRole('link', { name: '录入答卷' }).click();
  const typed = open + invited;
  await page.getByLabel('1. 企业规模').fill(String(sizeOf(typed) + 1));
  await page.getByLabel('2. 对泄密的担心程度').fill(String(worryOf(typed)));
  await page.getByLabel('3. 有什么建议').fill(textOf(typed));
  await page.getByLabel('3. 有什么建议').press('Control+Enter');
  await page.getByText(`已录入第${String(paper)}份`).waitFor();

  // How many went out on paper is known when the pile is empty.
  await page.getByRole('link', { name: '发放' }).click();
  const hall = page.getByRole('region', { name: '政务大厅', exact: true });
  await hall.getByRole('button', { name: '修改' }).click();
  await hall.getByLabel('发出份数').fill(String(copies));
  await hall.getByRole('button', { name: '保存' }).click();
  const issued = open + links + copies;
  await page.getByText(`已发放${String(issued)}份，回收${String(all)}份`).waitFor();

  // Analysed.
  await page.getByRole('link', { name: '结果' }).click();
  await page.getByText(`共收到答卷${String(all)}份（发放${String(issued)}份，回收${String(all)}份）`).waitFor();
  const question = (title: string) => page.getByRole('region', { name: title, exact: true }).first();
  const shown = async (title: string): Promise<string[][]> => {
    await question(title).getByRole('button', { name: '表格' }).click();
    return question(title).locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].slice(0, 2).map((cell) => cell.textContent ?? '')));
  };
  expect(await shown('企业规模')).toEqual(sizes.map((size, at) => [size, count((number) => sizeOf(number) === at)]));
  expect(await shown('对泄密的担心程度')).toEqual(range(1, 6).map((point) => [String(point), count((number) => worryOf(number) === point)]));
  await question('有什么建议').getByText(`${count((number) => textOf(number) !== '')}份作答`).waitFor();
  await expectAccessible(page);
  await picture(page, 'questionnaire-results');

  // Counted: the entry says what went out, and the table is that much higher.
  await page.getByRole('link', { name: '发放' }).click();
  await page.getByRole('link', { name: '查看台账记录' }).click();
  await page.getByRole('heading', { name: /发放问卷：浏览器里编的问卷/ }).first().waitFor();
  await page.getByText(String(issued), { exact: false }).first().waitFor();
  expect((await issuedInTable()) - before).toBe(issued);
  expect(faults).toEqual([]);
  await context.close();
});

async function answerInBrowser(path: string, number: number): Promise<void> {
  const page = await stage.stranger(360);
  await page.goto(path);
  await page.getByLabel(sizes[sizeOf(number)] ?? '').check();
  await page.getByRole('radio', { name: String(worryOf(number)), exact: true }).check();
  await page.getByRole('button', { name: '下一页' }).click();
  await page.getByLabel('有什么建议').fill(textOf(number));
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('heading', { name: '已收到您的答复' }).waitFor();
  await expectAccessible(page);
  await page.context().close();
}

async function answerWithoutScript(path: string, number: number): Promise<void> {
  const browser = (await stage.stranger()).context().browser();
  if (browser === null) throw new Error('the browser is not open');
  const context = await browser.newContext({ baseURL: inject('address'), javaScriptEnabled: false, viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  await page.goto(path);
  await page.getByRole('button', { name: '下一页' }).click();
  await page.getByText('请回答这一题').first().waitFor();
  await page.getByLabel(sizes[sizeOf(number)] ?? '').check();
  await page.getByRole('radio', { name: String(worryOf(number)), exact: true }).check();
  await page.getByRole('button', { name: '下一页' }).click();
  if (textOf(number) !== '') await page.getByLabel('有什么建议').fill(textOf(number));
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('heading', { name: '已收到您的答复' }).waitFor();
  await context.close();
}

it('the officer\'s pages hold on a phone', async () => {
  const { page, context, base, faults } = await stage.visit(person, { width: 360 });
  await page.goto(`${base}/questionnaires`);
  await page.getByRole('link', { name: /^打开/ }).last().click();
  await page.getByRole('link', { name: '发放' }).waitFor();
  for (const name of [null, '发放', '结果']) {
    if (name !== null) await page.getByRole('link', { name, exact: true }).click();
    await page.locator('h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    await picture(page, `questionnaire-phone-${name ?? 'builder'}`);
    await expectNoSideways(page);
    await expectAccessible(page);
  }
  await page.getByRole('link', { name: '题目' }).click();
  await page.getByRole('navigation', { name: '题目目录' }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

// Whoever reads at 400 % zoom has 320 CSS pixels; the questionnaire of the demonstration has every kind of question.
it('is sound at 400 % zoom, its errors too', async () => {
  const { page, context, base } = await stage.visit(person);
  await page.goto(`${base}/questionnaires`);
  await page.getByRole('link', { name: /^打开/ }).last().click();
  await page.getByRole('link', { name: '发放' }).click();
  const path = new URL((await page.locator('a.survey-address').first().innerText()).trim()).pathname;
  await context.close();
  const reader = await stage.stranger(360);
  await reader.setViewportSize({ width: 320, height: 256 });
  await reader.goto(path);
  await expectNoSideways(reader);
  await expectAccessible(reader);
  await picture(reader, 'questionnaire-zoomed');
  await reader.getByRole('button', { name: '下一页' }).click();
  await reader.locator('.errors').waitFor();
  await expectNoSideways(reader);
  await expectAccessible(reader);
  await reader.context().close();
});
