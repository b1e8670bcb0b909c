// Words of self-assessments as officials see them, in English.
import type { assessments as chinese } from '../zh/assessments.ts';

export const assessments: typeof chinese = {
  title: 'Self-assessments',
  intro: 'Answers are seen only when the enterprise shares them; it is told which post looked. Upper units see numbers only.',
  weights: 'The weights are this system\'s proposal, not an official score.',
  notCounted: 'An assessment counts in no row of the table; the visit it was done at is recorded as a visit.',
  none: 'No enterprise shares an assessment yet. Do one together at a visit.',
  together: 'Do one with an enterprise',
  columns: { enterprise: 'Enterprise', finished: 'Finished', score: 'Points', band: 'Level', way: 'How', acts: 'Act' },
  ways: { alone: 'Alone', with_officer: 'Together at a visit' },
  open: 'Open',
  openHint: 'Opening is recorded; the enterprise sees post and day.',
  opened: (name) => `Assessment of ${name}`,
  agreed: (name) => `${name} agreed to share it`,
  counts: { title: 'Numbers', unit: 'Unit', finished: 'Finished', shared: 'Shared', none: 'No assessment was finished yet.' },
  form: {
    uscc: 'Credit code', name: 'Name of the enterprise', size: 'Size', shortcomings: 'What is missing (optional)', howMany: 'How many', evidence: (text) => `What shows it: ${text}`, points: (points) => `${points} points`, noPoints: 'without points', note: 'Note (optional)', reveal: 'See the result',
    missing: (count, codes) => `${count} items are not answered: ${codes}`, missingField: 'Please fill this in.', leaves: 'Nothing is kept by itself: choose what becomes of it before you leave this page.',
  },
  end: {
    title: 'What becomes of it', agreed: 'The enterprise agrees to share it here and now', agreedBy: 'Name of whoever agrees', share: 'Keep and share', left: 'Left to the enterprise', leftHint: 'Kept in its account; this unit does not see it.', leave: 'Keep in its account', print: 'Print only, keep nothing', saved: 'Kept and shared', given: 'Kept in the account of the enterprise',
  },
  result: {
    score: (points) => `${points} points of 100`, passes: (points) => `Reaches the proposed line of ${points}`, fails: (points) => `Below the proposed line of ${points}`, gated: 'Until there is a yearly check and what it finds is put right, «adequate» at most.', dimensions: 'By dimension', dimension: 'Dimension', points: 'Points', weight: 'Of', share: 'Share',
    chart: 'Radar chart of shares by dimension; the figures are in the table beside it', plan: 'What to do', planNone: 'Nothing to improve.', urgent: 'First', lost: (points) => `${points} points lost`, free: 'without points', answers: 'Answers', item: 'Item', answer: 'Answer',
  },
  bands: { sound: 'Sound', adequate: 'Adequate', gaps: 'Clear gaps', weak: 'Weak', unprotected: 'No protection' },
  statuses: { met: 'Done', partly: 'Partly', unmet: 'Not done', not_applicable: 'Not applicable', unanswered: 'Not answered' },
  sizes: { small: 'Small', medium: 'Medium', large: 'Large' },
};
