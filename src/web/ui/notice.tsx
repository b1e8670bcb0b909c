// Sentences in a box: what went wrong and what to do, warnings, empty places. State is word + icon + colour, never colour alone.
import { type ReactNode, useEffect, useRef } from 'react';
import type { Failure } from '../app/failure.ts';
import { useText } from '../language/text.tsx';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import { WhyNot } from './why-not.tsx';

export type Tone = 'neutral' | 'action' | 'ok' | 'warn' | 'error';

export function Badge({ tone = 'neutral', icon, children }: { readonly tone?: Tone; readonly icon?: IconName; readonly children: ReactNode }) {
  return (
    <span className={`badge badge-${tone}`}>
      {icon === undefined ? null : <Icon name={icon} size={16} />}
      <span>{children}</span>
    </span>
  );
}

const toneIcons: { readonly [T in Tone]: IconName } = { neutral: 'info', action: 'info', ok: 'check', warn: 'alert', error: 'cross' };

export function Notice({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <div className={`notice notice-${tone}`}>
      <Icon name={toneIcons[tone]} />
      <div className="grow stack-tight">{children}</div>
    </div>
  );
}

/** What did not work: what happened, whether typed work is safe, what next, a number to quote. Announced at once. */
export function FailureNotice({ failure, kept, onAgain }: {
  readonly failure: Failure | null;
  /** What became of the work: `typed` is still there; `nothing` was changed; `read` nothing could be read. */
  readonly kept: 'typed' | 'nothing' | 'read';
  readonly onAgain?: () => void;
}) {
  const text = useText();
  if (failure === null) return null;
  const sentence = text.problems.sentence(failure.code, failure.details);
  const safe = { typed: text.problems.notSaved, nothing: text.problems.notDone, read: text.problems.notRead }[kept];
  return (
    <div role="alert">
      <Notice tone="error">
        <p><strong>{safe}</strong></p>
        <p>{sentence.what}{text.code === 'en' ? ' ' : ''}{sentence.next}</p>
        {failure.code === 'not_permitted' && typeof failure.details['verb'] === 'string' && typeof failure.details['unitCode'] === 'string'
          ? <p><WhyNot right={failure.details['verb']} unitCode={failure.details['unitCode']} /></p>
          : null}
        {failure.requestId === null ? null : <p className="hint">{text.kit.requestNumber(failure.requestId)}</p>}
        {onAgain === undefined ? null : <div><Button icon="refresh" onClick={onAgain}>{text.kit.tryAgain}</Button></div>}
      </Notice>
    </div>
  );
}

export interface SummaryLine {
  /** Id of the field it leads to. */
  readonly field: string;
  readonly message: string;
}

/** All that needs a change, at the top of a form, each a link to its field with the words that stand beside it (ux C5 U16). Takes the focus when `shownAt` changes. */
export function ErrorSummary({ lines, shownAt }: { readonly lines: readonly SummaryLine[]; readonly shownAt: number }) {
  const text = useText();
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shownAt > 0) own.current?.focus();
  }, [shownAt]);
  if (lines.length === 0) return null;
  return (
    <div ref={own} className="notice notice-error" role="alert" tabIndex={-1}>
      <Icon name="cross" />
      <div className="grow stack-tight">
        <h2>{text.kit.errorPrefix}{text.kit.errorCount(lines.length)}</h2>
        <ul>
          {lines.map((line) => (
            <li key={`${line.field} ${line.message}`}>
              <a
                href={`#${line.field}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(line.field)?.focus();
                }}
              >
                {line.message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** An empty place: why it is empty and the one next act (ux C2.9). */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action === undefined ? null : <div>{action}</div>}
    </div>
  );
}
