// How a unit below stands, as word, icon and colour: its status, and beside it whether it is late.
import { useFiguresText } from '../../language/figures.ts';
import type { IconName } from '../../ui/icon.tsx';
import { Badge, type Tone } from '../../ui/notice.tsx';
import type { Lateness, MatrixStatus } from './matrix-order.ts';

const looks: { readonly [S in MatrixStatus]: { readonly tone: Tone; readonly icon: IconName } } = {
  missing: { tone: 'neutral', icon: 'minus' },
  in_review: { tone: 'action', icon: 'eye' },
  submitted: { tone: 'ok', icon: 'send' },
  returned: { tone: 'warn', icon: 'undo' },
  accepted: { tone: 'ok', icon: 'check' },
  correction: { tone: 'warn', icon: 'pencil' },
};

export function StatusBadge({ status }: { readonly status: MatrixStatus }) {
  const words = useFiguresText().matrix;
  return <Badge {...looks[status]}>{words.statuses[status]}</Badge>;
}

export function LateBadge({ lateness }: { readonly lateness: Lateness }) {
  const words = useFiguresText().matrix;
  if (lateness === null) return null;
  return <Badge tone="error" icon="alert">{lateness === 'overdue' ? words.overdue : words.submittedLate}</Badge>;
}
