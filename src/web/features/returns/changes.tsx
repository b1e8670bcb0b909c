// Only the cells that changed since the last submission: old → new, of it own level and units below, who, when and why.
import { Link } from 'react-router';
import { pageOf, useSeat } from '../../app/session.tsx';
import { useReturnsText } from '../../language/returns.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { ChangesRead, ReviewParts } from './return-parts.ts';

type Change = ChangesRead['changes'][number];

export interface ChangesProps {
  readonly parts: ReviewParts;
  readonly read: ChangesRead;
  readonly place: number | null;
  readonly onPlace: (place: number) => void;
  /** Cells chosen to go back; null where nothing can be returned. */
  readonly marks: readonly string[] | null;
  readonly onMark: (code: string) => void;
}

/** Takes the reader to a change. */
export function focusChange(code: string): void {
  // The row first: where the table stands below the changes, the change is what remains in sight.
  document.getElementById(`row-${code}`)?.scrollIntoView({ block: 'nearest' });
  const article = document.getElementById(`change-${code}`);
  article?.focus({ preventScroll: true });
  article?.scrollIntoView({ block: 'nearest' });
}

export function Changes(props: ChangesProps) {
  const text = useText();
  const words = useReturnsText().review;
  const { changes, sinceVersion, sinceAt, unchanged } = props.read;
  return (
    <>
      <div className="stack-tight">
        <h2 id="changes">{words.changes}</h2>
        <p className="hint">{sinceVersion === null || sinceAt === null ? words.sinceNothing : words.since(sinceVersion, text.format.shortInstant(sinceAt))} {unchanged === 0 ? '' : words.unchanged(unchanged)}</p>
      </div>
      {changes.length === 0 ? <Notice><p>{words.noChanges}</p></Notice> : null}
      <ol className="review-list">
        {changes.map((change, index) => <li key={change.indicator}><OneChange {...props} change={change} index={index} /></li>)}
      </ol>
    </>
  );
}

function OneChange({ parts, change, index, place, onPlace, marks, onMark }: ChangesProps & { readonly change: Change; readonly index: number }) {
  const text = useText();
  const words = useReturnsText();
  const seat = useSeat();
  const { cells, view } = parts;
  const name = cells.nameOf(change.indicator);
  const marked = marks?.includes(change.indicator) ?? false;
  const { number, signed } = text.format;
  return (
    <article id={`change-${change.indicator}`} tabIndex={-1} className={`review-change${place === index ? ' review-change-here' : ''}${marked ? ' review-change-marked' : ''}`} aria-labelledby={`change-name-${change.indicator}`} onFocus={() => onPlace(index)}>
      <div className="row-apart">
        <h3 id={`change-name-${change.indicator}`}><Link to={pageOf(seat, '/table', view.unit.code, { cell: change.indicator })} aria-label={words.review.openCell(name)}>{name}</Link></h3>
        <p className="review-numbers">{words.review.fromTo(number(change.from), number(change.to))}{cells.unitWordOf(change.indicator)} <span className="hint">{signed(change.to - change.from)}</span></p>
      </div>
      <p className="small">{change.children === 0 ? words.review.ownOnly(signed(change.own)) : words.review.parts(signed(change.own), signed(change.children))}</p>
      {change.causes.length === 0 ? <p className="hint">{words.review.noCauses}</p> : <Causes change={change} />}
      {marks === null ? null : (
        <div><Button kind={marked ? 'danger' : 'quiet'} icon={marked ? 'check' : 'undo'} aria-pressed={marked} onClick={() => onMark(change.indicator)}>{marked ? words.review.markedRow : words.review.markRow}</Button></div>
      )}
    </article>
  );
}

const causesAtOnce = 3;

/** The newest causes at once, the others folded. */
function Causes({ change }: { readonly change: Change }) {
  const words = useReturnsText().review;
  const { causes } = change;
  const rest = causes.slice(causesAtOnce);
  return (
    <div className="stack-tight">
      <CauseList causes={causes.slice(0, causesAtOnce)} />
      {rest.length === 0 ? null : <details className="return-inner"><summary>{words.causes} +{rest.length}</summary><CauseList causes={rest} /></details>}
    </div>
  );
}

function CauseList({ causes }: { readonly causes: Change['causes'] }) {
  const text = useText();
  const words = useReturnsText().review;
  return (
    <ul className="review-causes">
      {causes.map(({ id, title, change, accountName, at, reason }) => (
        <li key={`${id} ${at}`}>
          <Icon name="history" size={16} />
          <span>
            {words.cause(words.changeWords[change] ?? change, title)}
            <span className="hint"> {words.causeBy(accountName, text.format.shortInstant(at))}{reason === null || reason === title ? '' : ` · ${words.why(reason)}`}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
