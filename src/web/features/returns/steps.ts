// The life of a return as steps with names and times (填报 自审 送审 审核 签发 盖章 报送 接收): read from its acts, which are the truth.
import type { ActView, ReturnActName, ReturnState, ReturnView } from '../../../modules/returns/model.ts';

export const stepNames = ['fill', 'self_check', 'send_for_review', 'approve', 'sign', 'seal', 'submit', 'accept'] as const;
export type StepName = (typeof stepNames)[number];

export interface Step {
  readonly name: StepName;
  readonly status: 'done' | 'current' | 'to_come';
  readonly by: string | null;
  readonly at: string | null;
  /** Only for the submission. */
  readonly late: boolean;
}

/** Acts that send the table back to its clerk: what came after 填报 has to be done again. */
const back: ReadonlySet<ReturnActName> = new Set(['withdraw', 'return_for_correction', 'return_by_upper', 'reopen']);
const stepOfAct: { readonly [A in ReturnActName]?: StepName } = {
  self_check: 'self_check', send_for_review: 'send_for_review', approve: 'approve', sign: 'sign', seal: 'seal', submit: 'submit', accept: 'accept',
};

/** How many steps are behind a table in this state. 接收 is the last one; the nation has nobody above and ends with 盖章. */
const doneUntil: { readonly [S in ReturnState]: StepName | null } = {
  draft: null, self_checked: 'self_check', returned: null, returned_by_upper: null, reopened: null, in_review: 'send_for_review', approved: 'approve', signed: 'sign',
  sealed: 'seal', submitted: 'submit', accepted: 'accept', correction_requested: 'accept',
};

export function stepsOf(view: Pick<ReturnView, 'state' | 'acts'> & { readonly unit: Pick<ReturnView['unit'], 'parentCode'> }): Step[] {
  const names = view.unit.parentCode === null ? stepNames.slice(0, -2) : stepNames;
  const latest = latestActs(view.acts);
  const until = doneUntil[view.state];
  const reached = until === null ? -1 : names.indexOf(until);
  return names.map((name, index): Step => {
    const act = latest.get(name);
    const done = index <= reached;
    return {
      name,
      status: done ? 'done' : index === reached + 1 ? 'current' : 'to_come',
      by: done ? (act?.accountName ?? null) : null,
      at: done ? (act?.at ?? null) : null,
      late: done && (act?.late ?? false),
    };
  });
}

/** The steps of the frozen version, as its sheet names the people. From above that is the submitted version, whatever the unit is doing since. */
export function stepsOnSheet(view: Pick<ReturnView, 'basis' | 'state' | 'acts' | 'frozen'> & { readonly unit: Pick<ReturnView['unit'], 'parentCode'> }): Step[] {
  if (view.basis === 'own') return stepsOf(view);
  return stepsOf({ unit: view.unit, state: 'submitted', acts: view.acts.filter(({ act, returnVersion }) => returnVersion === view.frozen?.number && !back.has(act)) });
}

/** The acts of the present round, by step. 填报 and 自审 are done at the latest when the table is sent for review, which checks it. */
function latestActs(acts: readonly ActView[]): Map<StepName, ActView> {
  const latest = new Map<StepName, ActView>();
  for (const act of acts) {
    if (back.has(act.act)) latest.clear();
    const step = stepOfAct[act.act];
    if (step === undefined) continue;
    latest.set(step, act);
    for (const earlier of ['fill', 'self_check'] as const) if (!latest.has(earlier)) latest.set(earlier, act);
  }
  return latest;
}

/** What comes next in this state, whoever has to do it; null where nothing is left to do. */
export function nextActOf(state: ReturnState, hasUpper: boolean): ReturnActName | null {
  switch (state) {
    case 'draft':
    case 'self_checked':
    case 'returned':
    case 'returned_by_upper':
    case 'reopened':
      return 'send_for_review';
    case 'in_review':
      return 'approve';
    case 'approved':
      return 'sign';
    case 'signed':
      return 'seal';
    case 'sealed':
      return hasUpper ? 'submit' : null;
    case 'submitted':
      return 'accept';
    case 'correction_requested':
      return 'reopen';
    case 'accepted':
      return null;
  }
}

export interface OpenActs {
  /** The one primary button; null where the caller has nothing to do or is not the one to do it. */
  readonly primary: ReturnActName | null;
  /** Why the primary act cannot be taken yet: a rule and the roles that can. Null: it can. */
  readonly obstacle: { readonly rule: string; readonly roles: readonly string[] } | null;
  /** Who has to act next when the caller is not the one. */
  readonly waitsFor: { readonly act: ReturnActName; readonly roles: readonly string[] } | null;
  readonly secondary: readonly ReturnActName[];
}

/** The acts a person sees: one primary that is never dead, the others beside it, or whom everything waits for. */
export function openActsOf(view: Pick<ReturnView, 'state' | 'may' | 'mayNot'> & { readonly unit: Pick<ReturnView['unit'], 'parentCode'> }): OpenActs {
  const next = nextActOf(view.state, view.unit.parentCode !== null);
  const secondary = view.may.filter((act) => act !== next);
  if (next === null) return { primary: null, obstacle: null, waitsFor: null, secondary };
  if (view.may.includes(next)) return { primary: next, obstacle: null, waitsFor: null, secondary };
  const refusal = view.mayNot.find(({ act }) => act === next);
  if (refusal === undefined) return { primary: null, obstacle: null, waitsFor: null, secondary };
  if (refusal.rule === 'not_permitted') return { primary: null, obstacle: null, waitsFor: { act: next, roles: refusal.roles }, secondary };
  return { primary: next, obstacle: { rule: refusal.rule, roles: refusal.roles }, waitsFor: null, secondary };
}

/** Reasons the table lies with its clerk again: of the last return, unless it has been sent for review since. */
export function standingReasons(acts: readonly ActView[]): ActView | null {
  const last = acts.filter(({ act }) => back.has(act) || act === 'send_for_review').pop();
  return last === undefined || last.act === 'send_for_review' || last.act === 'withdraw' ? null : last;
}

/** Whether reasons still stand for this reader: from above the unit's own steps are not seen, so only the state tells that the table has gone on since. */
export function tellsReasons(view: Pick<ReturnView, 'basis' | 'state'>): boolean {
  return view.basis === 'own' || view.state === 'returned_by_upper' || view.state === 'reopened';
}
