// 调整数 of a cell: counts without records, each with its reason. Added and withdrawn here; both can be taken back at once.
import { useId, useState } from 'react';
import type { ExtensionIndicator, Indicator } from '../../../modules/editions/model.ts';
import { addAdjustment, listAdjustments, withdrawAdjustment } from '../../../modules/figures/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { issuesOf } from '../../app/failure.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSubject } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { NumberField, TextArea } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { readNumber } from '../../../shared/number-text.ts';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { readNote } from './finding-note.ts';

type Adjustment = OutputOf<typeof listAdjustments>['adjustments'][number];

interface AdjustmentsProps {
  readonly indicator: Indicator | ExtensionIndicator;
  readonly mayChange: boolean;
}

export function Adjustments({ indicator, mayChange }: AdjustmentsProps) {
  const words = useFiguresText().cell;
  const subject = useSubject();
  const read = useRead(listAdjustments, { edition: subject.edition, unitCode: subject.unitCode });
  const [adding, setAdding] = useState(false);
  return (
    <section className="stack-tight" aria-labelledby="adjustments">
      <h3 id="adjustments">{words.adjustments}</h3>
      <p className="hint">{words.adjustmentsHint}</p>
      <Shown read={read}>
        {({ adjustments }) => {
          const own = adjustments.filter((one) => one.indicator === indicator.code);
          if (own.length === 0) return <p>{words.noAdjustments}</p>;
          return <ul className="adjustments">{own.map((one) => <li key={one.id}><OneAdjustment adjustment={one} indicator={indicator} mayChange={mayChange} /></li>)}</ul>;
        }}
      </Shown>
      {mayChange && !adding ? <div><Button icon="add" onClick={() => setAdding(true)}>{words.addAdjustment}</Button></div> : null}
      {mayChange && adding ? <AddForm indicator={indicator} onDone={() => setAdding(false)} /> : null}
    </section>
  );
}

function OneAdjustment({ adjustment, indicator, mayChange }: AdjustmentsProps & { readonly adjustment: Adjustment }) {
  const text = useText();
  const words = useFiguresText();
  const [withdrawing, setWithdrawing] = useState(false);
  const { delta, reason, accountName, at, withdrawn, withdrawalReason } = adjustment;
  const amount = `${text.format.signed(delta)}${words.unitWord(indicator)}`;
  return (
    <div className="stack-tight">
      <div className="row-apart">
        <strong>{withdrawn ? <s>{amount}</s> : amount}</strong>
        {mayChange && !withdrawn && !withdrawing && adjustment.formId === null ? <Button kind="quiet" icon="undo" onClick={() => setWithdrawing(true)}>{words.cell.withdraw}</Button> : null}
      </div>
      <p>{reason}</p>
      <p className="hint">{text.format.list([accountName, text.format.shortInstant(at)])}</p>
      {withdrawn ? <p className="hint">{words.cell.withdrawn(withdrawalReason ?? '')}</p> : null}
      {withdrawing && !withdrawn ? <WithdrawForm adjustment={adjustment} onDone={() => setWithdrawing(false)} /> : null}
    </div>
  );
}

/** The error beside a reason once the form was pressed; null while it is right. */
function useReasonProblem(reason: string): string | null {
  const text = useText();
  const words = useFiguresText().findings;
  const reading = readNote(reason, null);
  if (reading.kind === 'unchanged') return text.problems.issue('text_missing', {});
  if (reading.kind === 'too_short') return words.noteTooShort(reading.left);
  return reading.kind === 'too_long' ? words.noteTooLong(reading.over) : null;
}

function AddForm({ indicator, onDone }: { readonly indicator: AdjustmentsProps['indicator']; readonly onDone: () => void }) {
  const text = useText();
  const words = useFiguresText();
  const subject = useSubject();
  const fields = useId();
  const add = useCommand(addAdjustment);
  const withdraw = useCommand(withdrawAdjustment);
  const [typed, setTyped] = useState({ delta: '', reason: '' });
  const [pressed, setPressed] = useState(false);
  const reading = readNumber(typed.delta);
  const delta = reading.kind === 'number' && reading.value !== 0 ? reading.value : null;
  const reasonProblem = useReasonProblem(typed.reason);
  const word = words.unitWord(indicator);
  const issue = (path: string): string | null => {
    const found = issuesOf(add.failure).find((one) => one.path === path);
    return found === undefined ? null : text.problems.issue(found.rule, found);
  };
  const submit = async (): Promise<void> => {
    setPressed(true);
    if (delta === null || reasonProblem !== null) {
      document.getElementById(`${fields}-${delta === null ? 'delta' : 'reason'}`)?.focus();
      return;
    }
    const added = await add.run({ edition: subject.edition, unitCode: subject.unitCode, indicator: indicator.code, delta, reason: typed.reason });
    if (added === null) return;
    const undo = async (): Promise<boolean> => (await withdraw.run({ id: added.id, reason: words.cell.undoReason })) !== null;
    tell({ text: words.cell.added(text.format.signed(delta), word), undo });
    onDone();
  };
  return (
    <Form className="stack-tight adjustment-form" onSubmit={submit}>
      <NumberField
        id={`${fields}-delta`}
        label={words.cell.delta(word)}
        hint={words.cell.deltaHint}
        error={pressed && delta === null ? words.cell.deltaWrong : issue('delta')}
        value={typed.delta}
        inputMode="text"
        autoFocus
        onValue={(value) => setTyped({ ...typed, delta: value })}
      />
      <TextArea id={`${fields}-reason`} label={words.cell.reason} hint={words.cell.reasonHint} error={pressed ? (reasonProblem ?? issue('reason')) : null} value={typed.reason} onValue={(value) => setTyped({ ...typed, reason: value })} />
      <FailureNotice failure={add.failure} kept="typed" />
      <div className="row">
        <Button type="submit" kind="primary" busy={add.busy}>{words.cell.add}</Button>
        <Button kind="quiet" onClick={onDone}>{text.kit.cancel}</Button>
      </div>
    </Form>
  );
}

function WithdrawForm({ adjustment, onDone }: { readonly adjustment: Adjustment; readonly onDone: () => void }) {
  const text = useText();
  const words = useFiguresText().cell;
  const subject = useSubject();
  const field = useId();
  const withdraw = useCommand(withdrawAdjustment);
  const add = useCommand(addAdjustment);
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const problem = useReasonProblem(reason);
  const submit = async (): Promise<void> => {
    setPressed(true);
    if (problem !== null) {
      document.getElementById(field)?.focus();
      return;
    }
    if ((await withdraw.run({ id: adjustment.id, reason })) === null) return;
    const { indicator, delta } = adjustment;
    const undo = async (): Promise<boolean> => (await add.run({ edition: subject.edition, unitCode: subject.unitCode, indicator, delta, reason: adjustment.reason })) !== null;
    tell({ text: words.withdrawDone, undo });
    onDone();
  };
  return (
    <Form className="stack-tight adjustment-form" aria-label={words.withdrawTitle} onSubmit={submit}>
      <TextArea id={field} label={words.reason} hint={words.reasonHint} error={pressed ? problem : null} value={reason} autoFocus onValue={setReason} />
      <FailureNotice failure={withdraw.failure} kept="typed" />
      <div className="row">
        <Button type="submit" kind="danger" busy={withdraw.busy}>{words.withdraw}</Button>
        <Button kind="quiet" onClick={onDone}>{text.kit.cancel}</Button>
      </div>
    </Form>
  );
}
