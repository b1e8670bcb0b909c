// 「2023-07-07 17:00 时的情况」: which versions had been submitted by a moment, and the sum of the units below then.
import { useId, useState } from 'react';
import { getReturnAsOf } from '../../../modules/returns/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useReturnsText } from '../../language/returns.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { StateBadge } from './life.tsx';
import { readMoment, typedMoment } from './moment.ts';
import { Rows } from './parts.tsx';
import type { ReturnParts } from './return-parts.ts';

export function AsOf({ parts }: { readonly parts: ReturnParts }) {
  const words = useReturnsText().asOf;
  const field = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const show = (text: string): void => {
    const moment = readMoment(text);
    setWrong(moment === null);
    if (moment === null) document.getElementById(field)?.focus();
    else setAt(moment);
  };
  const submit = (): void => {
    show(typed);
  };
  const toDeadline = (): void => {
    const moment = typedMoment(parts.view.due);
    setTyped(moment);
    show(moment);
  };
  return (
    <>
      <p>{words.intro}</p>
      <Form className="return-moment" onSubmit={submit}>
        <TextField id={field} label={words.at} value={typed} placeholder={typedMoment(parts.view.due)} error={wrong ? words.wrong : null} onValue={setTyped} />
        <Button type="submit" kind="primary">{words.show}</Button>
        <Button icon="clock" onClick={toDeadline}>{words.deadlineShortcut}</Button>
      </Form>
      {at === null ? null : <Answer at={at} parts={parts} />}
    </>
  );
}

function Answer({ at, parts }: { readonly at: string; readonly parts: ReturnParts }) {
  const text = useText();
  const words = useReturnsText();
  const seat = useSeat();
  const read = useRead(getReturnAsOf, { edition: seat.edition, unitCode: parts.view.unit.code, at }, { keep: true });
  return (
    <div className="stack" aria-live="polite">
      <Shown read={read}>
        {(answer) => (
          <>
            <h3>{words.asOf.sentence(text.format.instant(answer.at))}</h3>
            <p className="row-tight">
              <strong>{parts.view.unit.name}</strong>
              <StateBadge state={answer.own.state} />
              <span>{answer.own.version === null ? words.asOf.none : words.asOf.version(answer.own.version)}</span>
            </p>
            {answer.own.sha256 === null ? null : <p className="hint return-digest">SHA-256 {answer.own.sha256}</p>}
            {answer.children.length === 0 ? null : <Children answer={answer} />}
            {answer.own.total === null && answer.children.length === 0 ? null : <Totals answer={answer} parts={parts} />}
          </>
        )}
      </Shown>
    </div>
  );
}

type Standing = OutputOf<typeof getReturnAsOf>;

function Children({ answer }: { readonly answer: Standing }) {
  const text = useText();
  const words = useReturnsText();
  const { columns } = words.asOf;
  return (
    <Rows caption={words.asOf.sentence(text.format.instant(answer.at))} head={[columns.unit, columns.state, columns.version, columns.submittedAt]}>
      {answer.children.map(({ unitCode, name, state, version, submittedAt, late }) => (
        <tr key={unitCode}>
          <th scope="row">{name}</th>
          <td><StateBadge state={state} /></td>
          <td className="nowrap">{version === null ? '—' : words.asOf.version(version)}</td>
          <td className="nowrap">{submittedAt === null ? '—' : text.format.shortInstant(submittedAt)}{late ? <> <Badge tone="warn" icon="clock">{words.late}</Badge></> : null}</td>
        </tr>
      ))}
    </Rows>
  );
}

function Totals({ answer, parts }: { readonly answer: Standing; readonly parts: ReturnParts }) {
  const text = useText();
  const words = useReturnsText().asOf;
  const { cells } = parts;
  const { total } = answer.own;
  const upper = answer.children.length > 0;
  return (
    <Rows caption={words.ownTotal} head={[words.item, ...(upper ? [{ number: words.sumOfChildren }] : []), ...(total === null ? [] : [{ number: words.ownTotal }])]}>
      {cells.codes.map((code) => (
        <tr key={code}>
          <th scope="row">{cells.nameOf(code)}</th>
          {upper ? <td className="number">{text.format.number(answer.sumOfChildren[code] ?? 0)}{cells.unitWordOf(code)}</td> : null}
          {total === null ? null : <td className="number">{text.format.number(total[code] ?? 0)}{cells.unitWordOf(code)}</td>}
        </tr>
      ))}
    </Rows>
  );
}
