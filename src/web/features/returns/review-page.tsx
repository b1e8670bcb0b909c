// 审核: the table now on the left, only what changed since the last submission on the right, notes below; keys J K A R. The same
// page serves the unit above for what a unit below has submitted, never for what it is drafting.
import { useEffect, useRef, useState } from 'react';
import { getMatrix } from '../../../modules/figures/contract.ts';
import { getReturn, getReturnChanges } from '../../../modules/returns/contract.ts';
import type { ReturnActName, ReturnCommand, ReturnView } from '../../../modules/returns/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { usePreferences } from '../../app/preferences.ts';
import { useRead } from '../../app/queries.ts';
import { pageOf, useEdition, useSeat, useSubject } from '../../app/session.tsx';
import { useReturnsText } from '../../language/returns.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Badge, Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { WhyNot } from '../../ui/why-not.tsx';
import { countsFrozen } from '../figures/table-view.ts';
import { ActDialog, asksFirst } from './act-dialogs.tsx';
import { useCells } from './cells.ts';
import { Changes, focusChange } from './changes.tsx';
import { obstacleSentence, rolesIn, StateBadge } from './life.tsx';
import { FasterNotice, Reasons } from './parts.tsx';
import type { ChangesRead, ReviewParts } from './return-parts.ts';
import { type Decisions, decisionsOf, placeAfter, type ReviewKey, waitingChildren } from './review.ts';
import { NotesBelow, TableNow } from './review-table.tsx';
import { useReviewKeys } from './use-review-keys.ts';
import { useReturnAct } from './use-act.ts';
import { standsSubmitted } from './versions.ts';
import './returns.css';

export function ReviewPage() {
  const words = useReturnsText();
  const subject = useSubject();
  const seat = useSeat();
  const edition = useEdition(subject.unitCode);
  const view = useRead(getReturn, { edition: subject.edition, unitCode: subject.unitCode });
  const title = subject.own || view.data === undefined ? words.review.title : words.review.ofUnit(view.data.unit.name);
  return (
    <div className="review-page">
      <PageTitle
        title={title}
        aside={
          <>
            {subject.own ? null : <LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/matrix`}>{words.review.backToMatrix}</LinkButton>}
            <LinkButton icon="table" to={pageOf(seat, '/table', subject.unitCode)}>{words.review.toTable}</LinkButton>
            <LinkButton icon="history" to={pageOf(seat, '/return', subject.unitCode)}>{words.review.toReturn}</LinkButton>
          </>
        }
      />
      <Shown read={edition}>{(theEdition) => <Shown read={view}>{(theView) => <Body key={subject.unitCode} edition={theEdition} view={theView} own={subject.own} />}</Shown>}</Shown>
    </div>
  );
}

function Body(given: Omit<ReviewParts, 'cells'>) {
  const words = useReturnsText().review;
  const text = useText();
  const seat = useSeat();
  const cells = useCells(given.edition);
  const parts: ReviewParts = { ...given, cells };
  const { view, own } = parts;
  const shows = own ? countsFrozen(view) : standsSubmitted(view);
  const changes = useRead(getReturnChanges, { edition: seat.edition, unitCode: view.unit.code }, { when: shows });
  return (
    <>
      {own || view.unit.parentCode !== seat.unitCode ? null : <NextChild view={view} />}
      {shows
        ? <Shown read={changes}>{(answer) => <Review parts={parts} changes={answer} />}</Shown>
        : (
          <Empty action={<LinkButton to={pageOf(seat, '/return', view.unit.code)}>{words.toReturn}</LinkButton>}>
            {words.nothingToReview} {own ? words.nothingToReviewWhy(text.shell.returnStates[view.state]) : words.childNotSubmitted(text.shell.returnStates[view.state])}
          </Empty>
        )}
    </>
  );
}

/** After an act on a child the next one that waits is one press away, and the reader is taken there. */
function NextChild({ view }: { readonly view: ReturnView }) {
  const words = useReturnsText().review;
  const seat = useSeat();
  const own = useRef<HTMLDivElement>(null);
  const before = useRef(view.state);
  const [acted, setActed] = useState(false);
  const matrix = useRead(getMatrix, { edition: seat.edition, unitCode: seat.unitCode });
  useEffect(() => {
    if (before.current !== view.state) setActed(true);
    before.current = view.state;
  }, [view.state]);
  useEffect(() => {
    if (acted) own.current?.focus();
  }, [acted]);
  const waiting = waitingChildren(matrix.data?.rows ?? [], view.unit.code);
  const next = waiting[0];
  if (view.state === 'submitted' || view.state === 'correction_requested' || matrix.data === undefined || (next === undefined && !acted)) return null;
  return (
    <div ref={own} tabIndex={-1} className="review-next">
      <Notice tone={next === undefined ? 'ok' : 'action'}>
        <p>{next === undefined ? words.noMoreChildren : words.nextChild(next.name, waiting.length)}</p>
        {next === undefined ? null : <div><LinkButton kind="primary" icon="arrow_right" to={pageOf(seat, '/review', next.code)}>{words.openNextChild(next.shortName)}</LinkButton></div>}
      </Notice>
    </div>
  );
}

function Review({ parts, changes }: { readonly parts: ReviewParts; readonly changes: ChangesRead }) {
  const text = useText();
  const words = useReturnsText();
  const { view, cells, own } = parts;
  const [place, setPlace] = useState<number | null>(null);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const deciding = useDeciding(view);
  const move = (by: 1 | -1): void => {
    const next = placeAfter(place, by, changes.changes.length);
    setPlace(next);
    const code = next === null ? undefined : changes.changes[next]?.indicator;
    if (code !== undefined) focusChange(code);
  };
  const press = (key: ReviewKey): void => {
    if (key === 'next' || key === 'previous') move(key === 'next' ? 1 : -1);
    else deciding.press(deciding.decisions[key]);
  };
  useReviewKeys(press);
  const asked = view.state === 'correction_requested' ? view.acts.filter(({ act }) => act === 'request_correction').pop() : undefined;
  return (
    <>
      <div className="row-tight"><StateBadge state={view.state} />{view.late ? <Badge tone="warn" icon="clock">{words.late}</Badge> : null}</div>
      {own ? null : <p className="hint">{words.review.childIntro}</p>}
      {asked === undefined ? null : (
        <Notice tone="warn">
          <p><strong>{words.correctionAsked(asked.accountName, text.format.shortInstant(asked.at))}</strong></p>
          <Reasons reasons={asked.reasons} cells={cells} />
        </Notice>
      )}
      <div className="review-columns">
        <section className="review-changes stack" aria-labelledby="changes">
          <Changes
            parts={parts}
            read={changes}
            place={place}
            onPlace={setPlace}
            marks={deciding.decisions.back === 'return_for_correction' || deciding.decisions.back === 'return_by_upper' ? marked : null}
            onMark={(code) => setMarked(marked.includes(code) ? marked.filter((one) => one !== code) : [...marked, code])}
          />
          <NotesBelow parts={parts} />
        </section>
        <section className="review-now" aria-labelledby="now">
          <TableNow parts={parts} changed={changedCells(changes)} here={place === null ? null : (changes.changes[place]?.indicator ?? null)} />
        </section>
      </div>
      <Bar deciding={deciding} view={view} place={place} count={changes.changes.length} marked={marked.length} onKey={press} />
      {deciding.asked === null || deciding.taking.faster !== null ? null : <ActDialog act={deciding.asked} view={view} edition={parts.edition} cells={cells} taking={deciding.taking} marked={marked} onClose={deciding.close} />}
    </>
  );
}

/** Cells to mark in the table; the first time everything is new and nothing is marked. */
function changedCells({ sinceVersion, changes }: ChangesRead): ReadonlySet<string> {
  return new Set(sinceVersion === null ? [] : changes.map(({ indicator }) => indicator));
}

interface Deciding {
  readonly decisions: Decisions;
  readonly taking: ReturnType<typeof useReturnAct>;
  /** The act whose dialog is open. */
  readonly asked: ReturnActName | null;
  /** The act that was pressed though a rule forbids it. */
  readonly explained: ReturnActName | null;
  readonly press: (act: ReturnActName | null) => void;
  readonly close: () => void;
}

function useDeciding(view: ReturnView): Deciding {
  const taking = useReturnAct(view);
  const [asked, setAsked] = useState<ReturnActName | null>(null);
  const [explained, setExplained] = useState<ReturnActName | null>(null);
  const press = (act: ReturnActName | null): void => {
    if (act === null || taking.busy) return;
    taking.clear();
    const forbidden = !view.may.includes(act);
    setExplained(forbidden ? act : null);
    setAsked(!forbidden && asksFirst(act) ? act : null);
    if (!forbidden && !asksFirst(act)) void taking.take({ act } as ReturnCommand);
  };
  return { decisions: decisionsOf(view), taking, asked, explained, press, close: () => setAsked(null) };
}

/** The decisions, always in sight at the foot of the page; the same acts as the keys. */
function Bar({ deciding, view, place, count, marked, onKey }: { readonly deciding: Deciding; readonly view: ReturnView; readonly place: number | null; readonly count: number; readonly marked: number; readonly onKey: (key: ReviewKey) => void }) {
  const text = useText();
  const words = useReturnsText();
  const { singleKeys } = usePreferences();
  const { decisions, taking, explained, asked } = deciding;
  const named = (act: ReturnActName, key: string): string => (singleKeys ? words.review.withKey(words.acts[act], key) : words.acts[act]);
  const refusal = explained === null ? undefined : view.mayNot.find(({ act }) => act === explained);
  return (
    <div className={`review-bar${decisions.onward === null && decisions.back === null ? ' review-bar-idle' : ''}`} role="group" aria-label={words.review.actsLabel}>
      <FasterNotice faster={taking.faster} />
      {asked === null ? <FailureNotice failure={taking.failure} kept="nothing" /> : null}
      {explained === null || refusal === undefined ? null : (
        <div role="alert"><Notice tone="warn"><p><strong>{words.notYours(words.acts[explained])}</strong></p><p>{obstacleSentence(refusal.rule, view, words, text)} {words.whoCan(rolesIn(refusal.roles, text))}</p></Notice></div>
      )}
      <div className="row-tight">
        {decisions.onward === null ? null : <Button kind="primary" icon="check" busy={taking.busy} aria-keyshortcuts="A" onClick={() => onKey('onward')}>{named(decisions.onward, 'A')}</Button>}
        {decisions.back === null ? null : <Button kind="danger" icon="undo" busy={taking.busy} aria-keyshortcuts="R" onClick={() => onKey('back')}>{named(decisions.back, 'R')}</Button>}
        {count === 0 ? null : (
          <span className="row-tight review-moves">
            <Button icon="arrow_down" aria-keyshortcuts="J" onClick={() => onKey('next')}>{words.review.next}</Button>
            <Button kind="quiet" aria-keyshortcuts="K" onClick={() => onKey('previous')}>{words.review.previous}</Button>
          </span>
        )}
        <span className="small" aria-live="polite">{place === null ? '' : words.review.position(place + 1, count)}{marked === 0 ? '' : ` · ${words.review.marked(marked)}`}</span>
      </div>
      {decisions.onward === null ? <Waits view={view} /> : null}
      <p className="hint review-keys">{singleKeys ? words.review.keys(decisions.onward && words.acts[decisions.onward], decisions.back && words.acts[decisions.back]) : words.review.keysTurnedOff}</p>
    </div>
  );
}

/** Who has to decide, where the caller does not. */
function Waits({ view }: { readonly view: ReturnView }) {
  const text = useText();
  const words = useReturnsText();
  const next = view.mayNot.find(({ act, rule }) => rule === 'not_permitted' && (act === 'approve' || act === 'sign' || act === 'seal' || act === 'accept'));
  return next === undefined ? null : <p className="small">{words.waitsFor(words.acts[next.act], rolesIn(next.roles, text))} <WhyNot right={next.act} unitCode={view.unit.code} /></p>;
}
