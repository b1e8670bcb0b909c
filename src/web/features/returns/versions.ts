// The frozen versions of a return and what became of each, read from its acts. Upper units see submitted versions only. Knows no DOM.
import type { ActView, ReturnState, ReturnView } from '../../../modules/returns/model.ts';

export interface VersionLine {
  readonly number: number;
  readonly sealed: boolean;
  readonly submittedAt: string | null;
  readonly late: boolean;
  readonly accepted: boolean;
  readonly receiptCode: string | null;
}

/** Newest first. `own`: the caller sits at the unit of the return. */
export function versionsOf(view: Pick<ReturnView, 'frozen' | 'submittedVersion' | 'acts'>, own: boolean): VersionLine[] {
  const last = (own ? view.frozen?.number : view.submittedVersion) ?? 0;
  const lines = Array.from({ length: last }, (_, index) => lineOf(last - index, view.acts));
  return own ? lines : lines.filter(({ submittedAt }) => submittedAt !== null);
}

function lineOf(number: number, acts: readonly ActView[]): VersionLine {
  const of = (name: ActView['act']): ActView | undefined => acts.filter((act) => act.act === name && act.returnVersion === number).pop();
  const submission = of('submit');
  return {
    number, sealed: of('seal') !== undefined, submittedAt: submission?.at ?? null, late: submission?.late ?? false, accepted: of('accept') !== undefined,
    receiptCode: submission?.receiptCode ?? of('seal')?.receiptCode ?? null,
  };
}

const submittedStates: ReadonlySet<ReturnState> = new Set(['submitted', 'accepted', 'correction_requested']);

/** Whether what is frozen now is what was submitted: only then may the unit above look at figures of the return. */
export function standsSubmitted(view: Pick<ReturnView, 'state'>): boolean {
  return submittedStates.has(view.state);
}
