// The main job from end to end, by the people who do it: a county's clerk records, reviewer and head do their part, the city
// accepts, sends its own, the province likewise, and the nation's total stands at the top, opening to where it comes from.
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { cookieOf, expectNoSideways, openStage, picture, type Visitor, type Width } from './journey.ts';

const stage = openStage();
const province = '510000';
const nation = '000000';

interface Line {
  readonly county: string;
  readonly city: string;
  readonly names: readonly string[];
}

/** A city and a county of it that have not sent anything yet: other journeys leave this province alone. */
async function untouchedLine(): Promise<Line> {
  const headers = { cookie: `fuwuyue=${await cookieOf(`national_office ${nation}`)}` };
  const rowsOf = async (unit: string): Promise<{ unit: { code: string; shortName: string }; state: string }[]> => {
    const answer = await fetch(`${inject('address')}/api/editions/2023/units/${unit}/matrix`, { headers });
    return ((await answer.json()) as { rows: { unit: { code: string; shortName: string }; state: string }[] }).rows;
  };
  const drafting = async (unit: string): Promise<{ code: string; shortName: string }[]> => (await rowsOf(unit)).filter(({ state }) => state === 'draft').map((row) => row.unit);
  for (const city of await drafting(province)) {
    const [county] = await drafting(city.code);
    if (county !== undefined) return { county: county.code, city: city.code, names: [city.shortName, county.shortName] };
  }
  throw new Error('the demonstration has no line of drafts');
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
}

async function inDialog(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

async function stateOf(page: Page, state: string): Promise<void> {
  await page.locator('main').getByText(state, { exact: true }).first().waitFor();
}

/** 送审 with a 说明 to every soft finding that still wants one. */
async function sendForReview({ page, base }: Visitor): Promise<void> {
  await page.goto(`${base}/table`);
  await page.locator('h1').waitFor();
  await page.waitForLoadState('networkidle');
  const notes = page.getByRole('textbox', { name: '说明' });
  for (let index = 0; index < (await notes.count()); index += 1) {
    if ((await notes.nth(index).inputValue()) !== '') continue;
    const saved = page.waitForResponse((response) => response.url().includes('/return/notes/') && response.ok());
    await notes.nth(index).fill('已与有关单位核对，情况属实，先行报送。');
    await notes.nth(index).blur();
    await saved;
  }
  await page.goto(`${base}/return`);
  await press(page, '送审');
  await inDialog(page, '送审');
  await stateOf(page, '审核中');
}

async function approveSignSealSubmit(unit: string, filler: Visitor, width: Width): Promise<void> {
  const reviewer = await stage.visit(`reviewer ${unit}`, { width });
  await reviewer.page.goto(`${reviewer.base}/review`);
  await reviewer.page.getByRole('heading', { name: '变动' }).waitFor();
  await expectNoSideways(reviewer.page);
  await reviewer.page.keyboard.press('j');
  await picture(reviewer.page, `chain-review-${unit}-${width}`);
  await reviewer.page.keyboard.press('a');
  await reviewer.page.getByText('已审核通过').first().waitFor();
  await reviewer.context.close();

  const head = await stage.visit(`head ${unit}`, { width });
  await head.page.goto(`${head.base}/return`);
  await press(head.page, '签发');
  await stateOf(head.page, '已签发');
  await press(head.page, '盖章');
  await head.page.getByLabel('我已核对').check();
  await inDialog(head.page, '确认盖章');
  await head.page.getByRole('dialog').getByText('回执码', { exact: true }).waitFor();
  await picture(head.page, `chain-sealed-${unit}-${width}`);
  await inDialog(head.page, '关闭');
  await stateOf(head.page, '已盖章');
  await head.context.close();

  if (unit === nation) return;
  await filler.page.goto(`${filler.base}/return`);
  await press(filler.page, '报送');
  await inDialog(filler.page, '确认报送');
  await filler.page.getByText('已报送，回执码').first().waitFor();
}

/** The unit above looks at what was submitted and accepts it. */
async function accept(upper: Visitor, unit: string): Promise<void> {
  await upper.page.goto(`${upper.base}/review?unit=${unit}`);
  await upper.page.getByRole('heading', { name: '变动' }).waitFor();
  await upper.page.getByRole('button', { name: /^接收/ }).first().click();
  await upper.page.getByText('已接收').first().waitFor();
}

/** A unit finds a mistake after it was accepted: it asks, the unit above agrees, both say why. */
async function reopen(lower: Visitor, upper: Visitor, unit: string): Promise<void> {
  await lower.page.goto(`${lower.base}/return`);
  await press(lower.page, '申请更正');
  await lower.page.getByRole('dialog').getByLabel('原因').fill('漏记一场培训，需补记后更正。');
  await inDialog(lower.page, '申请更正');
  await stateOf(lower.page, '申请更正');
  await upper.page.goto(`${upper.base}/review?unit=${unit}`);
  await upper.page.getByRole('button', { name: /^同意重开/ }).first().click();
  await upper.page.getByRole('dialog').getByLabel('原因').fill('同意更正，请于截止前重新报送。');
  await inDialog(upper.page, '同意重开');
  await upper.page.getByText('已重开').first().waitFor();
}

async function numberIn(page: Page, path: string, cell: string): Promise<number> {
  const answer = await page.request.get(`/api/editions/2023/units/${path}/return`);
  const view = (await answer.json()) as { frozen: { total: Record<string, number> } | null; live: { total: Record<string, number> } };
  return (view.frozen ?? view.live).total[cell] ?? 0;
}

describe('the month, from the ledger to the nation', () => {
  let done: Line;

  it('goes up county, city, province, and stands at the top', async () => {
    const { county, city, names } = await untouchedLine();
    done = { county, city, names };
    const clerk = await stage.visit(`clerk ${county}`);
    const { page } = clerk;
    await page.goto(`${clerk.base}/ledger/new?kind=publicity`);
    await page.getByLabel('标题').fill('商业秘密保护进园区专题宣讲');
    await page.getByLabel('参与人数').fill('1,234人次');
    await page.getByLabel('发放宣传材料').fill('２００');
    await page.getByText('1,234', { exact: false }).first().waitFor();
    await picture(page, 'chain-entry');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('撤销').waitFor();
    await page.goto(`${clerk.base}/table?cell=publicity.attendances`);
    await page.getByRole('dialog').getByText('商业秘密保护进园区专题宣讲').first().waitFor();
    await picture(page, 'chain-cell');
    const countyPeople = await numberIn(page, county, 'publicity.attendances');
    expect(countyPeople).toBeGreaterThan(1234);

    await sendForReview(clerk);
    await approveSignSealSubmit(county, clerk, 1280);
    await clerk.context.close();

    const coordinator = await stage.visit(`coordinator ${city}`);
    await accept(coordinator, county);
    await sendForReview(coordinator);
    await approveSignSealSubmit(city, coordinator, 1280);
    const cityPeople = await numberIn(coordinator.page, city, 'publicity.attendances');
    await coordinator.context.close();
    expect(cityPeople).toBeGreaterThanOrEqual(countyPeople);

    const above = await stage.visit(`coordinator ${province}`);
    await accept(above, city);
    await sendForReview(above);
    await approveSignSealSubmit(province, above, 1280);
    const provincePeople = await numberIn(above.page, province, 'publicity.attendances');
    await above.context.close();
    expect(provincePeople).toBeGreaterThanOrEqual(cityPeople);

    const office = await stage.visit(`national_office ${nation}`);
    await accept(office, province);
    await sendForReview(office);
    await approveSignSealSubmit(nation, office, 1280);
    expect(await numberIn(office.page, nation, 'publicity.attendances')).toBeGreaterThanOrEqual(provincePeople);
    // Down again from the nation's cell to the county's record.
    await office.page.goto(`${office.base}/table?cell=publicity.attendances`);
    for (const name of ['四川省', ...names]) await office.page.getByRole('dialog').getByRole('link', { name: new RegExp(name) }).first().click();
    await office.page.getByRole('dialog').getByText('商业秘密保护进园区专题宣讲').first().waitFor();
    await picture(office.page, 'chain-nation');
    expect([...clerk.faults, ...office.faults]).toEqual([]);
    await office.context.close();
  });

  it('goes up a second time with a correction, on phones', async () => {
    const width = 360;
    const { county, city } = done;
    const clerk = await stage.visit(`clerk ${county}`, { width });
    const coordinator = await stage.visit(`coordinator ${city}`, { width });
    const above = await stage.visit(`coordinator ${province}`, { width });
    const office = await stage.visit(`national_office ${nation}`, { width });
    const before = await numberIn(office.page, nation, 'training.attendances');
    await office.page.goto(`${office.base}/return`);
    await press(office.page, '重开');
    await office.page.getByRole('dialog').getByLabel('原因').fill('四川省有更正，全国汇总重开。');
    await inDialog(office.page, '重开');
    await stateOf(office.page, '已重开');
    await reopen(above, office, province);
    await reopen(coordinator, above, city);
    await reopen(clerk, coordinator, county);

    await clerk.page.goto(`${clerk.base}/ledger/new?kind=training`);
    await clerk.page.getByLabel('标题').fill('商业秘密保护实务补课');
    await clerk.page.getByLabel('参与人数').fill('41');
    await clerk.page.getByRole('button', { name: '保存', exact: true }).click();
    await clerk.page.getByText('撤销').waitFor();

    for (const [unit, filler, upper] of [[county, clerk, coordinator], [city, coordinator, above], [province, above, office]] as const) {
      await sendForReview(filler);
      await approveSignSealSubmit(unit, filler, width);
      await accept(upper, unit);
    }
    await sendForReview(office);
    await approveSignSealSubmit(nation, office, width);
    expect(await numberIn(office.page, nation, 'training.attendances')).toBe(before + 41);
    await office.page.goto(`${office.base}/return`);
    await expectNoSideways(office.page);
    await picture(office.page, 'chain-corrected-360');
    expect([clerk, coordinator, above, office].flatMap(({ faults }) => faults)).toEqual([]);
  });
});
