// The life of a return as steps, and the acts a person sees.
import { describe, expect, it } from 'vitest';
import { type ActView, type ReturnActName, returnState, type ReturnState, type ReturnView } from '../../../modules/returns/model.ts';
import { nextActOf, openActsOf, standingReasons, stepsOf, stepsOnSheet, tellsReasons } from './steps.ts';

let number = 0;
function act(name: ReturnActName, by = '甲', late: boolean | null = null): ActView {
  number += 1;
  return { number, act: name, returnVersion: 1, accountName: by, actingUnitCode: '330110', at: `2023-07-0${Math.min(number, 9)}T09:00:00.000+08:00`, reasons: [], late, receiptCode: null, signed: null };
}

const county = { parentCode: '330100' };
const nation = { parentCode: null };
const shown = (state: ReturnState, acts: ActView[], unit: { parentCode: string | null } = county): string =>
  stepsOf({ state, acts, unit }).map(({ name, status }) => `${name}:${status}`).join(' ');

describe('the steps of a return', () => {
  it('starts with filling in', () => {
    expect(shown('draft', [])).toBe('fill:current self_check:to_come send_for_review:to_come approve:to_come sign:to_come seal:to_come submit:to_come accept:to_come');
  });

  it('counts the check as done when the table was sent for review, which checks it', () => {
    const [fill, check, sent] = stepsOf({ state: 'in_review', acts: [act('send_for_review', '填报员')], unit: county });
    expect([fill?.by, check?.by, sent?.by]).toEqual(['填报员', '填报员', '填报员']);
  });

  it('begins again after a return, with nobody\'s name left on later steps', () => {
    const acts = [act('self_check'), act('send_for_review'), act('approve', '审核员'), act('return_for_correction', '负责人')];
    const steps = stepsOf({ state: 'returned', acts, unit: county });
    expect(steps[0]?.status).toBe('current');
    expect(steps.every(({ by }) => by === null)).toBe(true);
  });

  it('marks a late submission', () => {
    const acts = [act('send_for_review'), act('approve'), act('sign'), act('seal'), act('submit', '甲', true)];
    expect(stepsOf({ state: 'submitted', acts, unit: county }).find(({ name }) => name === 'submit')?.late).toBe(true);
  });

  it('ends with the seal where nobody is above', () => {
    expect(shown('sealed', [], nation)).toBe('fill:done self_check:done send_for_review:done approve:done sign:done seal:done');
  });

  it('on a sheet seen from above name the people of the submitted version, whatever the unit is doing since', () => {
    const acts = [act('send_for_review', '填报员'), act('approve', '审核员'), act('sign', '负责人'), act('seal', '负责人'), act('submit', '填报员'), act('return_by_upper', '统筹员')];
    const frozen = { number: 1 } as ReturnView['frozen'];
    const peopleIn = (basis: ReturnView['basis'], state: ReturnState) => stepsOnSheet({ basis, state, acts, frozen, unit: county }).slice(2, 5).map(({ by }) => by);
    for (const state of ['returned_by_upper', 'in_review', 'reopened'] as const) expect(peopleIn('submitted', state)).toEqual(['填报员', '审核员', '负责人']);
    expect(peopleIn('own', 'returned_by_upper')).toEqual([null, null, null]);
    expect(stepsOnSheet({ basis: 'submitted', state: 'draft', acts: [], frozen: null, unit: county }).every(({ by }) => by === null)).toBe(true);
  });

  it('has at most one current step in every state', () => {
    for (const state of returnState.options) {
      for (const unit of [county, nation]) expect(stepsOf({ state, acts: [], unit }).filter(({ status }) => status === 'current').length).toBeLessThanOrEqual(1);
    }
  });
});

describe('the acts a person sees', () => {
  const base = { unit: county, may: [] as ReturnActName[], mayNot: [] as { act: ReturnActName; rule: string; roles: string[] }[] };

  it('has one primary act, and the others beside it', () => {
    expect(openActsOf({ ...base, state: 'draft', may: ['self_check', 'send_for_review'] })).toEqual({ primary: 'send_for_review', obstacle: null, waitsFor: null, secondary: ['self_check'] });
  });

  it('keeps the button and explains when a rule forbids', () => {
    const acts = openActsOf({ ...base, state: 'draft', may: ['self_check'], mayNot: [{ act: 'send_for_review', rule: 'hard_findings', roles: ['clerk'] }] });
    expect(acts.primary).toBe('send_for_review');
    expect(acts.obstacle).toEqual({ rule: 'hard_findings', roles: ['clerk'] });
  });

  it('says whom it waits for instead of showing a button that this person can never press', () => {
    const acts = openActsOf({ ...base, state: 'in_review', may: ['withdraw'], mayNot: [{ act: 'approve', rule: 'not_permitted', roles: ['reviewer'] }] });
    expect(acts).toEqual({ primary: null, obstacle: null, waitsFor: { act: 'approve', roles: ['reviewer'] }, secondary: ['withdraw'] });
  });

  it('has nothing left to do once accepted', () => {
    expect(nextActOf('accepted', true)).toBeNull();
    expect(nextActOf('sealed', false)).toBeNull();
    expect(openActsOf({ ...base, state: 'accepted', may: ['request_correction'] }).secondary).toEqual(['request_correction']);
  });
});

describe('reasons that still stand', () => {
  it('are those of the last return until the table is sent again', () => {
    const returned = { ...act('return_by_upper'), reasons: [{ indicator: 'visit.enterprises', text: '请核对' }] };
    expect(standingReasons([act('send_for_review'), returned])).toBe(returned);
    expect(standingReasons([act('send_for_review'), returned, act('send_for_review')])).toBeNull();
    expect(standingReasons([act('send_for_review'), act('withdraw')])).toBeNull();
    expect(returnState.options.filter((state) => !tellsReasons({ basis: 'own', state }))).toEqual([]);
    expect(returnState.options.filter((state) => tellsReasons({ basis: 'submitted', state }))).toEqual(['returned_by_upper', 'reopened']);
  });
});
