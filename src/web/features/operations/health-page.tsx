// How the installation is doing, in words, with what to do: for whoever keeps it running and whoever watches over it.
import type { HealthLine } from '../../../modules/operations/model.ts';
import { getHealth } from '../../../modules/operations/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { type OperationsText, useOperationsText } from '../../language/operations.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Badge, Notice, type Tone } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import './health.css';

type State = HealthLine['state'];
const tones: { readonly [S in State]: Tone } = { good: 'ok', watch: 'warn', act: 'error' };
const icons = { good: 'check', watch: 'alert', act: 'cross' } as const;

export function HealthPage() {
  const words = useOperationsText();
  const seat = useSeat();
  const read = useRead(getHealth, { unitCode: seat.unitCode });
  return (
    <>
      <PageTitle title={words.title} aside={<Button icon="refresh" onClick={() => void read.refetch()}>{words.again}</Button>} />
      <p className="hint">{words.intro}</p>
      <Shown read={read}>{(health) => <Lines health={health} words={words} />}</Shown>
    </>
  );
}

function Lines({ health, words }: { readonly health: OutputOf<typeof getHealth>; readonly words: OperationsText }) {
  const text = useText();
  const count = (state: State): number => health.lines.filter((line) => line.state === state).length;
  const worst: State = count('act') > 0 ? 'act' : count('watch') > 0 ? 'watch' : 'good';
  const summary = worst === 'good' ? words.summary.good : words.summary[worst](count(worst));
  return (
    <>
      <Notice tone={tones[worst]}>
        <p><strong>{summary}</strong></p>
        <p>{words.seenAt(text.format.instant(health.at))}</p>
      </Notice>
      <ul className="health">
        {health.lines.map((line) => <Line key={line.subject} line={line} words={words} />)}
      </ul>
    </>
  );
}

function Line({ line, words }: { readonly line: HealthLine; readonly words: OperationsText }) {
  const text = useText();
  const when = (name: string): string | null => {
    const value = line.details[name];
    return typeof value === 'string' ? text.format.instant(value) : null;
  };
  const { what, next } = words.sentences[`${line.subject}.${line.code}`]?.(line.details, when) ?? words.unknown;
  return (
    <li className={`health-line health-${line.state}`}>
      <h2 className="health-subject">{words.subjects[line.subject]}</h2>
      <div><Badge tone={tones[line.state]} icon={icons[line.state]}>{words.states[line.state]}</Badge></div>
      <div className="stack-tight">
        <p>{what}</p>
        {next === '' || line.state === 'good' ? null : <p><strong>{words.next}</strong>{next}</p>}
      </div>
    </li>
  );
}
