// B-F7. Pass: the virus scanner refuses, hangs, answers garbage or drips: nothing is taken for clean, nothing hangs longer than 5 s.
// Pictures stay out of sight until it answers; what would be read at once is refused in plain words. The sign-in service, the other
// port, has its own proof in src/modules/sign-in.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScanner, pingScanner } from '../src/kernel/scanning.ts';
import { readEvidence, uploadEvidence } from '../src/modules/evidence/contract.ts';
import { recheckPending } from '../src/modules/evidence/rechecking.ts';
import { readFilledForm } from '../src/modules/forms/contract.ts';
import { uploadImport } from '../src/modules/imports/contract.ts';
import { importUnits } from '../src/modules/units/contract.ts';
import { eicar, type Behaviour, startFakeClamd } from '../src/testing/fake-clamd.ts';
import { monday, openWorld, type World } from '../src/testing/harness.ts';

const bad: readonly Behaviour[] = ['hangs', 'garbage', 'endless', 'drips', 'closes', 'resets', 'too_large', 'lies_in_parts'];

describe('a scanner that is not to be trusted', () => {
  it('never says clean, and never takes longer than five seconds', async () => {
    const bytes = Buffer.alloc(3_000_000, 'x');
    const took = await Promise.all(bad.map(async (behaviour) => {
      const clamd = await startFakeClamd(behaviour);
      const began = performance.now();
      const verdict = await openScanner(clamd.address).scan(bytes);
      const milliseconds = performance.now() - began;
      await clamd.close();
      expect([behaviour, verdict, milliseconds < 5_000]).toEqual([behaviour, 'error', true]);
      return milliseconds;
    }));
    for (const address of ['127.0.0.1:1', '/nowhere/clamd.sock', '[::1]:1', 'scanner.invalid:3310']) expect([address, await openScanner(address).scan(bytes)]).toEqual([address, 'error']);
    expect(await pingScanner('127.0.0.1:1')).toBe(false);
    console.log(`B-F7: ${bad.length} ways to misbehave and 4 addresses with nobody there, slowest ${Math.round(Math.max(...took))} ms, none taken for clean`);
  });

  it('while an honest one says what is so, also of streams', async () => {
    const clamd = await startFakeClamd('honest');
    const scanner = openScanner(clamd.address);
    expect(await scanner.scan(Buffer.alloc(200_000))).toBe('clean');
    expect(await scanner.scan(Buffer.concat([Buffer.alloc(70_000), eicar]))).toBe('infected');
    expect(await scanner.scan(new Uint8Array())).toBe('clean');
    expect(await scanner.scan((async function* () {
      yield eicar.subarray(0, 20);
      yield eicar.subarray(20);
    })())).toBe('infected');
    await clamd.close();
  });
});

describe('uploads while the scanner is away', () => {
  let world: World;
  let picture: Uint8Array;
  beforeAll(async () => {
    picture = await sharp({ create: { width: 50, height: 40, channels: 3, background: '#445566' } }).jpeg().toBuffer();
    world = await openWorld({ scanner: openScanner('127.0.0.1:1') });
  });
  afterAll(() => world.close());
  const county = { edition: '2023', unitCode: '990101' };

  it('keep a picture out of sight until it was looked at', async () => {
    const country = world.committed;
    const clerk = country.as('clerk of 990101');
    const kept = await clerk.call(uploadEvidence, { ...county, name: '合影.jpg' }, { bytes: picture });
    expect(kept.checked).toBe('pending');
    for (const thumbnail of ['true', 'false'] as const) expect(await clerk.refusal(readEvidence, { id: kept.id, thumbnail })).toMatchObject({ code: 'file_refused', details: { reason: 'check_pending' } });
    const away = { database: country.database, blobs: country.blobs, scanner: openScanner('127.0.0.1:1') };
    expect(await recheckPending(away, monday, 100)).toBe(0);
    const clamd = await startFakeClamd('honest');
    const back = { ...away, scanner: openScanner(clamd.address) };
    expect(await recheckPending(back, monday, 100)).toBe(1);
    expect(await recheckPending(back, monday, 100)).toBe(0);
    expect(clamd.asked()).toBe(1);
    await clamd.close();
    expect(await clerk.call(readEvidence, { id: kept.id })).toBeInstanceOf(Uint8Array);
  });

  it('keep for ever out of sight what turns out infected', async () => {
    const country = world.committed;
    const clerk = country.as('clerk of 990101');
    const { id } = await clerk.call(uploadEvidence, { ...county, name: '另一张.jpg' }, { bytes: picture });
    expect(await recheckPending({ database: country.database, blobs: country.blobs, scanner: { isSet: true, scan: async () => 'infected' } }, monday, 100)).toBe(1);
    expect(await clerk.refusal(readEvidence, { id })).toMatchObject({ code: 'file_refused', details: { reason: 'infected' } });
  });

  it('refuse, in plain words and with when to come back, what would be read at once', async () => {
    const country = world.committed;
    const clerk = country.as('clerk of 990101');
    const expected = { code: 'scan_unavailable', status: 503, details: { retryAfterSeconds: 60 } };
    expect(await clerk.refusal(readFilledForm, { ...county, name: 'a.docx' }, { bytes: picture })).toMatchObject(expected);
    expect(await clerk.refusal(uploadImport, { ...county, kind: 'visit', fileName: 'a.csv' }, { bytes: picture })).toMatchObject(expected);
  });
});

it('EICAR is refused wherever a file may come in, and the refusal is recorded', async () => {
  const clamd = await startFakeClamd('honest');
  const world = await openWorld({ scanner: openScanner(clamd.address) });
  const county = { edition: '2023', unitCode: '990101' };
  const { committed } = world;
  const clerk = committed.as('clerk of 990101');
  const refused = { code: 'file_refused', status: 415, details: { reason: 'infected' } };
  expect(await clerk.refusal(uploadEvidence, { ...county, name: 'a.pdf' }, { bytes: eicar })).toMatchObject(refused);
  expect(await clerk.refusal(readFilledForm, { ...county, name: 'a.docx' }, { bytes: eicar })).toMatchObject(refused);
  expect(await clerk.refusal(uploadImport, { ...county, kind: 'visit', fileName: 'a.csv' }, { bytes: eicar })).toMatchObject(refused);
  expect(await committed.as('system_administrator of 000000').refusal(importUnits, { unitCode: '000000', fileName: 'a.csv' }, { bytes: eicar })).toMatchObject(refused);
  const events = await committed.database.read((tx) => tx.selectFrom('auditEvent').select(['action', 'subjectKind', 'unitCode']).where('action', '=', 'upload.infected').orderBy('subjectKind').execute());
  expect(events).toEqual([
    { action: 'upload.infected', subjectKind: 'evidence', unitCode: '990101' }, { action: 'upload.infected', subjectKind: 'form', unitCode: '990101' },
    { action: 'upload.infected', subjectKind: 'import', unitCode: '990101' }, { action: 'upload.infected', subjectKind: 'unit_sheet', unitCode: '000000' },
  ]);
  await world.close();
  await clamd.close();
});
