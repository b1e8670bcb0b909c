// Trainings and templates as the public meets them: forms without script, the ticket, checking in at the venue.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTraining, getVenueScreen, openTraining } from '../modules/trainings/contract.ts';
import { nasty } from '../testing/fuzzing.ts';
import { type Country, openWorld, type World } from '../testing/harness.ts';
import { edition, syntheticUscc } from '../testing/steps.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitCode = '990101';
const content = { title: '商业秘密保护实务<培训>', startsAt: '2023-06-26T08:30:00.000+08:00', endsAt: '2023-06-26T17:00:00.000+08:00', mode: 'offline', place: '三楼会议室', capacity: 2, signUpUntil: '2023-06-26T12:00:00.000+08:00' } as const;

type Fields = readonly (readonly [string, string])[];
const read = async (country: Country, path: string) => {
  const response = await country.app.request(path);
  return { status: response.status, text: await response.text() };
};
const hidden = (text: string): Fields => [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [name, value.replaceAll('&lt;', '<').replaceAll('&gt;', '>')] as const);

async function post(country: Country, path: string, fields: Fields) {
  const body = new URLSearchParams();
  for (const [name, value] of fields) body.append(name, value);
  const response = await country.app.request(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost', host: 'localhost' } });
  return { status: response.status, text: await response.text(), to: response.headers.get('location') };
}

async function opened(country: Country): Promise<string> {
  const clerk = country.as(`clerk of ${unitCode}`);
  const { id } = await clerk.call(createTraining, { edition, unitCode, content });
  await clerk.call(openTraining, { id, version: 1 });
  return id;
}

const person: Fields = [['uscc', syntheticUscc(1)], ['enterprise', '示例企业'], ['reason', ''], ['name', '钱某某']];

it('is found, signed up for by a form, shown as a ticket, checked in at the venue and judged', () => world.rolledBack(async (country) => {
  const id = await opened(country);
  const list = await read(country, '/trainings');
  expect(list.text).toContain(`href="/trainings/${id}"`);
  expect(list.text).toContain('商业秘密保护实务&lt;培训&gt;');
  const page = await read(country, `/trainings/${id}`);
  const wrong = await post(country, `/trainings/${id}`, [...hidden(page.text), ['uscc', '123'], ['enterprise', ''], ['name', '钱某某']]);
  expect([wrong.status, wrong.text.includes('<a href="#uscc">'), wrong.text.includes('<a href="#enterprise">'), wrong.text.includes('value="钱某某"')]).toEqual([422, true, true, true]);
  const done = await post(country, `/trainings/${id}`, [...hidden(page.text), ...person]);
  const code = /href="\/t\/(\d{2}[a-z0-9]{10})"/.exec(done.text)?.[1] ?? '';
  expect((await post(country, `/trainings/${id}`, [...hidden(page.text), ...person])).text).toContain(code);
  expect((await post(country, `/trainings/${id}`, [...hidden((await read(country, `/trainings/${id}`)).text), ...person])).text).toContain('已经报过名');
  const ticket = await read(country, `/t/${code}`);
  expect(ticket.text).toContain('<svg class="qr"');
  expect(ticket.text).toContain('钱某某　示例企业');
  const { address } = await country.as(`clerk of ${unitCode}`).call(getVenueScreen, { id, origin: 'http://localhost' });
  const venue = address.replace('http://localhost', '');
  const form = await read(country, venue);
  expect(form.status).toBe(200);
  expect((await post(country, `/trainings/${id}/here`, [...hidden(form.text), ['ticket', '12']])).status).toBe(422);
  expect((await post(country, `/trainings/${id}/here`, [...hidden(form.text), ['ticket', code]])).text).toContain('签到成功');
  expect((await post(country, `/trainings/${id}/here`, [...hidden((await read(country, venue)).text), ...person])).text).toContain('没有重复计数');
  expect((await read(country, `/trainings/${id}/here?code=abc.0000000000000000000000`)).text).toContain('重新扫');
  const there = await read(country, `/t/${code}`);
  expect(there.text).toContain('已签到：2023年6月26日');
  const judged = await post(country, `/t/${code}`, [...hidden(there.text), ['stars', '5'], ['text', '<b>好</b>'], ['act', 'feedback']]);
  expect([judged.status, judged.to]).toEqual([303, `/t/${code}?done=feedback`]);
  expect((await read(country, judged.to ?? '')).text).toContain('已收到您的评价');
})());

it('gives a place back, and never fails on what nobody should send', () => world.rolledBack(async (country) => {
  const id = await opened(country);
  const page = await read(country, `/trainings/${id}`);
  const done = await post(country, `/trainings/${id}`, [...hidden(page.text), ...person]);
  const code = /href="\/t\/(\d{2}[a-z0-9]{10})"/.exec(done.text)?.[1] ?? '';
  const texts = nasty.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).filter((one) => one.length < 5_000);
  await fc.assert(fc.asyncProperty(fc.constantFrom(`/trainings/${id}`, `/trainings/${id}/here`, `/t/${code}`), fc.array(fc.tuple(fc.constantFrom('uscc', 'enterprise', 'reason', 'name', 'ticket', 'pass', 'title', 'stars', 'text', 'act', 'request_key'), fc.constantFrom(...texts)), { maxLength: 6 }), async (path, fields) => {
    expect((await post(country, path, fields)).status, JSON.stringify(fields)).toBeLessThan(500);
  }), { numRuns: 40 });
  const ticket = await read(country, `/t/${code}`);
  expect((await post(country, `/t/${code}`, [...hidden(ticket.text), ['act', 'withdraw']])).to).toBe(`/t/${code}?done=withdrawn`);
  expect((await read(country, `/t/${code}?done=withdrawn`)).text).toContain('已取消报名');
  expect((await read(country, '/t/99aaaaaaaaaa')).status).toBe(404);
  expect((await read(country, '/trainings/none')).status).toBeLessThan(500);
})());

it('offers templates to read and to take away', () => world.rolledBack(async (country) => {
  const list = await read(country, '/templates');
  expect(list.text).toContain('href="/templates/leak_plan"');
  expect((await read(country, '/templates/leak_plan')).text).toContain('不是法律意见');
  const file = await country.app.request('/templates/leak_plan/file');
  expect([file.status, file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([200, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', expect.stringContaining('.docx')]);
  expect((await country.app.request('/templates/no_such_one')).status).toBe(404);
})());
