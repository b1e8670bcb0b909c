// The life of a return: its steps with names and times, one primary act that is never dead, the others beside it, and whom
// everything waits for.
import { useEffect, useRef, useState } from 'react';
import type { ReturnActName, ReturnCommand, ReturnState, ReturnView } from '../../../modules/returns/model.ts';
import { pageOf, useSeat } from '../../app/session.tsx';
import { type ReturnsText, useReturnsText } from '../../language/returns.ts';
import { type Text, useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Badge, FailureNotice, Notice, type Tone } from '../../ui/notice.tsx';
import { WhyNot } from '../../ui/why-not.tsx';
import { ActDialog, asksFirst } from './act-dialogs.tsx';
import { FasterNotice, Reasons } from './parts.tsx';
import type { ReturnParts } from './return-parts.ts';
import { type OpenActs, openActsOf, standingReasons, type Step, stepsOf, tellsReasons } from './steps.ts';
import { actName, useReturnAct } from './use-act.ts';

const tones: { readonly [S in ReturnState]: { readonly tone: Tone; readonly icon: IconName } } = {
  draft: { tone: 'neutral', icon: 'pencil' }, self_checked: { tone: 'neutral', icon: 'check' }, in_review: { tone: 'action', icon: 'clock' }, returned: { tone: 'warn', icon: 'undo' },
  approved: { tone: 'action', icon: 'check' }, signed: { tone: 'action', icon: 'check' }, sealed: { tone: 'action', icon: 'stamp' }, submitted: { tone: 'ok', icon: 'send' },
  returned_by_upper: { tone: 'warn', icon: 'undo' }, accepted: { tone: 'ok', icon: 'check' }, correction_requested: { tone: 'warn', icon: 'question' }, reopened: { tone: 'warn', icon: 'pencil' },
};

export function StateBadge({ state }: { readonly state: ReturnState }) {
  const text = useText();
  return <Badge {...tones[state]}>{text.shell.returnStates[state]}</Badge>;
}

export function Life({ parts }: { readonly parts: ReturnParts }) {
  const text = useText();
  const words = useReturnsText();
  const { view } = parts;
  const own = useRef<HTMLElement>(null);
  const before = useRef(view.state);
  useEffect(() => {
    // The button that was pressed is gone; the reader stands at what came of it.
    if (before.current !== view.state && (document.activeElement === null || document.activeElement === document.body)) own.current?.focus();
    before.current = view.state;
  }, [view.state]);
  return (
    <section ref={own} tabIndex={-1} className="panel stack" aria-label={words.stepsLabel}>
      <div className="row-tight">
        <span>{words.stateNow}</span>
        <StateBadge state={view.state} />
        {view.late ? <Badge tone="warn" icon="clock">{words.late}</Badge> : null}
        <span className="hint">{words.due(text.format.instant(view.due))}</span>
      </div>
      <Steps view={view} />
      <Standing parts={parts} />
      <Acts parts={parts} />
    </section>
  );
}

const stepIcons: { readonly [S in Step['status']]: IconName } = { done: 'check', current: 'arrow_right', to_come: 'minus' };

function Steps({ view }: { readonly view: ReturnView }) {
  const text = useText();
  const words = useReturnsText();
  return (
    <ol className="return-steps">
      {stepsOf(view).map(({ name, status, by, at, late }) => (
        <li key={name} className={`return-step return-step-${status}`} {...(status === 'current' ? { 'aria-current': 'step' as const } : {})}>
          <span className="return-step-name"><Icon name={stepIcons[status]} size={18} /> {words.steps[name]}</span>
          <span className="return-step-status">{words.stepStatus[status]}</span>
          {by === null ? null : <span className="small">{by}</span>}
          {at === null ? null : <time className="hint" dateTime={at}><span className="nowrap">{text.format.shortDate(at)}</span> <span className="nowrap">{at.slice(11, 16)}</span></time>}
          {late ? <Badge tone="warn" icon="clock">{words.late}</Badge> : null}
        </li>
      ))}
    </ol>
  );
}

/** Why the table lies with its clerk again, or what a correction was asked for. */
function Standing({ parts }: { readonly parts: ReturnParts }) {
  const text = useText();
  const words = useReturnsText();
  const seat = useSeat();
  const { view, cells } = parts;
  const back = tellsReasons(view) ? standingReasons(view.acts) : null;
  const asked = view.state === 'correction_requested' ? view.acts.filter(({ act }) => act === 'request_correction').pop() : undefined;
  const shown = asked ?? back;
  if (shown === null || shown.reasons.length === 0) return null;
  const when = text.format.shortInstant(shown.at);
  const heading = asked !== undefined ? words.correctionAsked : shown.act === 'reopen' ? words.reopenedBecause : words.returnedBecause;
  return (
    <Notice tone="warn">
      <p><strong>{heading(shown.accountName, when)}</strong></p>
      <Reasons reasons={shown.reasons} cells={cells} to={(cell) => pageOf(seat, '/table', view.unit.code, { cell })} />
    </Notice>
  );
}

const icons: { readonly [A in ReturnActName]?: IconName } = { send_for_review: 'send', submit: 'send', seal: 'stamp', approve: 'check', sign: 'pencil', accept: 'check', withdraw: 'undo', return_for_correction: 'undo', return_by_upper: 'undo', self_check: 'check' };

function Acts({ parts }: { readonly parts: ReturnParts }) {
  const text = useText();
  const words = useReturnsText();
  const { view } = parts;
  const taking = useReturnAct(view);
  const [asked, setAsked] = useState<ReturnActName | null>(null);
  const [explained, setExplained] = useState(false);
  const open = openActsOf(view);
  const press = (act: ReturnActName): void => {
    taking.clear();
    const blocked = act === open.primary && open.obstacle !== null && act !== 'send_for_review';
    setExplained(blocked);
    setAsked(!blocked && asksFirst(act) ? act : null);
    // 送审 asks the check itself, so that it never explains with an old answer; the others that ask nothing are done.
    if (!blocked && !asksFirst(act)) void taking.take({ act } as ReturnCommand);
  };
  return (
    <div className="stack-tight" role="group" aria-label={words.actsLabel}>
      <FasterNotice faster={taking.faster} />
      {asked === null ? <FailureNotice failure={taking.failure} kept="nothing" /> : null}
      <Next open={open} parts={parts} />
      {explained && open.obstacle !== null ? <Obstacle open={open} view={view} /> : null}
      <div className="row">
        {open.primary === null ? null : <Button kind="primary" {...iconOf(open.primary)} busy={taking.busy} onClick={() => press(open.primary ?? 'send_for_review')}>{words.acts[open.primary]}</Button>}
        {open.secondary.map((act) => <Button key={act} kind={backKinds.has(act) ? 'danger' : 'secondary'} {...iconOf(act)} busy={taking.busy} onClick={() => press(act)}>{actName(words, act, view.state)}</Button>)}
        <ToReview parts={parts} label={text.shell.pages.review} />
      </div>
      {asked === null || taking.faster !== null ? null : <ActDialog act={asked} {...parts} taking={taking} onClose={() => setAsked(null)} />}
    </div>
  );
}

const backKinds: ReadonlySet<ReturnActName> = new Set(['return_for_correction', 'return_by_upper']);

function iconOf(act: ReturnActName): { readonly icon?: IconName } {
  const icon = icons[act];
  return icon === undefined ? {} : { icon };
}

/** Whoever decides about what is submitted or sent for review finds what changed on the review page. */
function ToReview({ parts, label }: { readonly parts: ReturnParts; readonly label: string }) {
  const seat = useSeat();
  const { view } = parts;
  const decides = view.may.some((act) => act === 'approve' || act === 'accept' || act === 'return_by_upper' || act === 'decline_correction');
  return decides ? <LinkButton icon="eye" to={pageOf(seat, '/review', view.unit.code)}>{label}</LinkButton> : null;
}

/** Whom everything waits for, and what stands in the way of the caller's own act. */
function Next({ open, parts }: { readonly open: OpenActs; readonly parts: ReturnParts }) {
  const text = useText();
  const words = useReturnsText();
  const { view, own, edition } = parts;
  if (edition.closed) return <Notice><p>{text.shell.banner.closed}</p></Notice>;
  if (open.waitsFor !== null) {
    const { act, roles } = open.waitsFor;
    const upper = act === 'accept' || act === 'reopen';
    return <p>{upper && own ? words.waitsForUpper(act === 'reopen' ? words.answerCorrection : words.acts[act]) : words.waitsFor(words.acts[act], rolesIn(roles, text))} <WhyNot right={act === 'decline_correction' ? 'reopen' : act} unitCode={parts.view.unit.code} /></p>;
  }
  if (open.primary === 'send_for_review' && open.obstacle !== null) return <Notice tone={open.obstacle.rule === 'hard_findings' ? 'error' : 'warn'}><p>{obstacleSentence(open.obstacle.rule, view, words, text)}</p></Notice>;
  if (open.primary !== null) return null;
  return <p>{view.unit.parentCode === null ? words.nationEnd : words.nothingNext}</p>;
}

export function rolesIn(roles: readonly string[], text: Text): string {
  return text.format.list(roles.map(text.shell.role));
}

export function obstacleSentence(rule: string, view: ReturnView, words: ReturnsText, text: Text): string {
  if (rule === 'hard_findings') return words.obstacles.hard_findings(view.findings.filter(({ severity }) => severity === 'hard').length);
  if (rule === 'notes_missing') return words.obstacles.notes_missing(view.findings.filter(({ note, severity }) => severity === 'soft' && note === null).length);
  if (rule === 'separation_of_duties' && view.preparedByName !== null) return words.obstacles.separation_of_duties(view.preparedByName);
  const { what, next } = text.problems.rule(rule, {});
  return text.code === 'en' ? `${what} ${next}` : `${what}${next}`;
}

function Obstacle({ open, view }: { readonly open: OpenActs; readonly view: ReturnView }) {
  const text = useText();
  const words = useReturnsText();
  if (open.obstacle === null || open.primary === null) return null;
  return (
    <div role="alert">
      <Notice tone="warn">
        <p><strong>{words.notYours(words.acts[open.primary])}</strong></p>
        <p>{obstacleSentence(open.obstacle.rule, view, words, text)}</p>
        <p>{words.whoCan(rolesIn(open.obstacle.roles, text))}</p>
      </Notice>
    </div>
  );
}
