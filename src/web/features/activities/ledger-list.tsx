// Entries as a table, on a phone as cards: the same lines, laid out by ledger.css.
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { Link } from 'react-router';
import type { Activity } from '../../../modules/activities/model.ts';
import type { EditionDefinition, EntryKind } from '../../../modules/editions/model.ts';
import { useActivitiesText } from '../../language/activities.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { Badge, type Tone } from '../../ui/notice.tsx';
import { lineId, type OpenedEntry } from './ledger-opened.ts';
import { type Mark, marksOf, numbersOf } from './ledger-rows.ts';

export interface EntryListProps {
  readonly definition: EditionDefinition;
  readonly activities: readonly Activity[];
  readonly opened: string | null;
  readonly hrefOf: OpenedEntry['hrefOf'];
  /** Last column of the recycle bin: when it was deleted, and the act. */
  readonly bin?: (activity: Activity) => ReactNode;
}

export function EntryList({ definition, activities, opened, hrefOf, bin }: EntryListProps) {
  const words = useActivitiesText();
  const table = useRef<HTMLTableElement>(null);
  const { columns } = words;
  return (
    <div className="table-scroll">
      <table ref={table} className="table ledger" aria-label={words.list} onKeyDown={(event) => moveByLine(event, table.current)}>
        <thead>
          <tr>
            <th scope="col">{columns.date}</th>
            <th scope="col">{columns.kind}</th>
            <th scope="col">{columns.title}</th>
            <th scope="col">{columns.enterprises}</th>
            <th scope="col">{columns.numbers}</th>
            <th scope="col">{columns.by}</th>
            <th scope="col">{columns.marks}</th>
            {bin === undefined ? null : <th scope="col">{columns.act}</th>}
          </tr>
        </thead>
        <tbody>
          {activities.map((activity) => (
            <Line key={activity.id} activity={activity} kind={definition.kinds.find(({ code }) => code === activity.content.kind)} window={definition.window} opened={activity.id === opened} hrefOf={hrefOf}>
              {bin?.(activity)}
            </Line>
          ))}
        </tbody>
      </table>
      <p className="hint ledger-keys">{words.keys}</p>
    </div>
  );
}

interface LineProps {
  readonly activity: Activity;
  readonly kind: EntryKind | undefined;
  readonly window: EditionDefinition['window'];
  readonly opened: boolean;
  readonly hrefOf: OpenedEntry['hrefOf'];
  readonly children: ReactNode;
}

function Line({ activity, kind, window, opened, hrefOf, children }: LineProps) {
  const text = useText();
  const { content } = activity;
  const marks = marksOf(activity, window);
  const numbers = numbersOf(kind, content);
  return (
    <tr className={opened ? 'ledger-opened' : undefined} aria-current={opened || undefined}>
      <td className="ledger-date nowrap">{text.format.shortDate(content.occurredOn)}</td>
      <td className="ledger-kind nowrap">{kind === undefined ? content.kind : wordsOf(text, kind.chip)}</td>
      <th scope="row" className="ledger-title">
        <Link id={lineId(activity.id)} {...hrefOf(activity.id)}>{content.title}</Link>
        {content.place === '' ? null : <span className="ledger-place hint">{content.place}</span>}
      </th>
      <td className="ledger-enterprises"><Enterprises activity={activity} /></td>
      <td className="ledger-numbers">
        {numbers.map(({ field, value }) => (
          <span key={field.code} className="ledger-number"><span className="hint">{wordsOf(text, field.name)}</span> <span className="number">{text.format.number(value)}{text.code === 'zh' ? (field.unitWord ?? '') : ''}</span></span>
        ))}
      </td>
      <td className="ledger-by nowrap">{activity.createdByName}</td>
      <td className="ledger-marks"><span className="row-tight">{marks.map((mark) => <MarkBadge key={mark} mark={mark} />)}</span></td>
      {children === undefined ? null : <td className="ledger-act">{children}</td>}
    </tr>
  );
}

function Enterprises({ activity }: { readonly activity: Activity }) {
  const text = useText();
  const words = useActivitiesText();
  const { enterprises } = activity.content;
  const [only] = enterprises;
  if (only === undefined) return null;
  return enterprises.length === 1 ? only.name : <span className="nowrap">{words.enterpriseCount(text.format.number(enterprises.length))}</span>;
}

const looks: { readonly [M in Mark]: { readonly tone: Tone; readonly icon: IconName } } = {
  late: { tone: 'warn', icon: 'clock' },
  outside: { tone: 'warn', icon: 'alert' },
  demonstration: { tone: 'neutral', icon: 'info' },
};

export function MarkBadge({ mark }: { readonly mark: Mark }) {
  const { marks } = useActivitiesText();
  return <Badge {...looks[mark]}>{marks[mark]}</Badge>;
}

/** Up and down on a title lead to the title of the line above or below, Home and End to the first and last. */
function moveByLine(event: KeyboardEvent, table: HTMLTableElement | null): void {
  if (event.altKey || event.ctrlKey || event.metaKey || table === null || !(event.target instanceof HTMLElement)) return;
  const titles = [...table.querySelectorAll<HTMLElement>('.ledger-title a')];
  const at = titles.indexOf(event.target);
  const places: { readonly [key: string]: number } = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: titles.length - 1 };
  const to = Object.hasOwn(places, event.key) ? titles[places[event.key] ?? -1] : undefined;
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  to.focus();
}
