// What may change in the tree: a new zone, another reporting line, successors of a unit.
import { useState } from 'react';
import { addZone, setReportingLine, succeedUnits } from '../../../modules/units/contract.ts';
import type { UnitDetail, UnitSummary } from '../../../modules/units/model.ts';
import { useCommand } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useEdition, useSeat } from '../../app/session.tsx';
import { useSetupText } from '../../language/setup.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { UnitPicker } from '../../ui/unit-picker.tsx';
import { fieldIssue, restOf } from '../setup/field-issue.ts';

interface Picked {
  readonly code: string;
  readonly name: string;
}

/** Units or places chosen one after the other, each removable. */
function PickedUnits({ units, onUnits, most, offer, ...field }: {
  readonly units: readonly Picked[];
  readonly onUnits: (units: readonly Picked[]) => void;
  readonly label: string;
  readonly hint?: string;
  readonly error: string | null;
  readonly most: number;
  readonly offer: { readonly asPlace?: boolean; readonly within?: string };
}) {
  const words = useSetupText().units;
  const seat = useSeat();
  const add = ({ code, name, shortName }: UnitSummary): void => {
    if (units.length < most && !units.some((unit) => unit.code === code)) onUnits([...units, { code, name: offer.asPlace === true ? shortName : name }]);
  };
  return (
    <div className="stack-tight">
      <UnitPicker edition={seat.edition} {...field} {...offer} onPick={add} />
      {units.length === 0 ? null : (
        <div className="picked">
          {units.map((unit) => <Button key={unit.code} icon="close" aria-label={words.removePlace(unit.name)} onClick={() => onUnits(units.filter(({ code }) => code !== unit.code))}>{unit.name}</Button>)}
        </div>
      )}
    </div>
  );
}

/** The branch whose places a zone below this unit may lie in; 兵团 lies in places of another code. */
function placesOf(parentCode: string): { readonly asPlace: true; readonly within?: string } {
  const province = parentCode.slice(0, 2);
  return { asPlace: true, ...(province === '00' || province === '66' ? {} : { within: `${province}0000` }) };
}

/** Which edition a day of beginning falls into. */
function useFromHint(): string | null {
  const text = useText();
  const words = useSetupText().units;
  const seat = useSeat();
  const deadline = useEdition(seat.unitCode).data?.definition.deadline;
  return deadline === undefined ? null : words.fromHint(text.format.date(deadline));
}

export function AddZone({ parent, onAdded }: { readonly parent: Picked; readonly onAdded: (code: string) => void }) {
  const text = useText();
  const words = useSetupText().units;
  const command = useCommand(addZone);
  const fromHint = useFromHint();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [places, setPlaces] = useState<readonly Picked[]>([]);
  const [from, setFrom] = useState(today());
  const [pressed, setPressed] = useState(false);
  if (!open) return <div><Button icon="add" onClick={() => setOpen(true)}>{words.addZone}</Button></div>;
  const issue = (field: string): string | null => fieldIssue(command.failure, field, text.problems);
  const save = async (): Promise<void> => {
    setPressed(true);
    if (name.trim().length < 4 || places.length === 0) return;
    const zone = await command.run({ unitCode: parent.code, name: name.trim(), placeCodes: places.map(({ code }) => code), validFrom: from });
    if (zone === null) return;
    tell({ text: words.zoneAdded(zone.name, zone.code) });
    setName('');
    setPlaces([]);
    setPressed(false);
    setOpen(false);
    onAdded(zone.code);
  };
  return (
    <section className="panel stack">
      <h3>{words.addZone}</h3>
      <p className="hint">{words.zoneTo(parent.name)}</p>
      <FailureNotice failure={restOf(command.failure, ['name', 'placeCodes', 'validFrom'])} kept="typed" />
      <TextField label={words.zoneName} hint={words.zoneHint} value={name} onValue={setName} maxLength={40} error={pressed && name.trim().length < 4 ? text.problems.issue('text_too_short', { minimum: 4 }) : issue('name')} />
      <PickedUnits units={places} onUnits={setPlaces} label={words.zonePlaces} hint={words.zonePlacesHint} most={5} offer={placesOf(parent.code)} error={pressed && places.length === 0 ? words.placesMissing : issue('placeCodes')} />
      <TextField type="date" label={words.from} hint={fromHint} value={from} onValue={setFrom} error={issue('validFrom')} />
      <div className="row"><Button kind="primary" busy={command.busy} onClick={() => void save()}>{words.addZoneSave}</Button><Button kind="quiet" onClick={() => setOpen(false)}>{text.kit.cancel}</Button></div>
    </section>
  );
}

export function MoveUnit({ unit }: { readonly unit: UnitDetail }) {
  const text = useText();
  const words = useSetupText().units;
  const seat = useSeat();
  const command = useCommand(setReportingLine);
  const fromHint = useFromHint();
  const [open, setOpen] = useState(false);
  const [upper, setUpper] = useState<Picked | null>(null);
  const [from, setFrom] = useState(today());
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  if (!open) return <div><Button onClick={() => setOpen(true)}>{words.line}</Button></div>;
  const issue = (field: string): string | null => fieldIssue(command.failure, field, text.problems);
  const save = async (): Promise<void> => {
    setPressed(true);
    if (upper === null || reason.trim().length < 4) return;
    if ((await command.run({ unitCode: unit.code, parentCode: upper.code, validFrom: from, reason: reason.trim() })) === null) return;
    tell({ text: words.lineSaved(unit.name, upper.name) });
    setOpen(false);
  };
  return (
    <section className="stack unit-change">
      <h3>{words.line}</h3>
      <p className="hint">{words.lineHint}</p>
      <FailureNotice failure={restOf(command.failure, ['validFrom', 'reason'])} kept="typed" />
      <UnitPicker edition={seat.edition} keep within={seat.unitCode} label={words.lineTo} onPick={setUpper} error={pressed && upper === null ? words.upperMissing : null} />
      <TextField type="date" label={words.from} hint={fromHint} value={from} onValue={setFrom} error={issue('validFrom')} />
      <TextField label={words.reason} hint={words.reasonHint} value={reason} onValue={setReason} maxLength={200} error={pressed && reason.trim().length < 4 ? text.problems.issue('text_too_short', { minimum: 4 }) : issue('reason')} />
      <div className="row"><Button kind="primary" busy={command.busy} onClick={() => void save()}>{words.lineSave}</Button><Button kind="quiet" onClick={() => setOpen(false)}>{text.kit.cancel}</Button></div>
    </section>
  );
}

export function SucceedUnit({ unit }: { readonly unit: UnitDetail }) {
  const text = useText();
  const words = useSetupText().units;
  const seat = useSeat();
  const command = useCommand(succeedUnits);
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [successors, setSuccessors] = useState<readonly Picked[]>([]);
  const [endsOn, setEndsOn] = useState(today());
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  if (!open) return <div><Button onClick={() => setOpen(true)}>{words.succeed}</Button></div>;
  const issue = (field: string): string | null => fieldIssue(command.failure, field, text.problems);
  const press = (): void => {
    setPressed(true);
    if (successors.length > 0 && endsOn !== '' && reason.trim().length >= 4) setAsking(true);
  };
  const save = async (): Promise<void> => {
    const done = await command.run({ unitCode: unit.code, successorCodes: successors.map(({ code }) => code), endsOn, reason: reason.trim() });
    setAsking(false);
    if (done === null) return;
    tell({ text: words.succeedDone(unit.name) });
    setOpen(false);
  };
  return (
    <section className="stack unit-change">
      <h3>{words.succeed}</h3>
      <p className="hint">{words.succeedHint}</p>
      <FailureNotice failure={restOf(command.failure, ['endsOn', 'reason'])} kept="typed" />
      <PickedUnits units={successors} onUnits={setSuccessors} label={words.successors} most={10} offer={{ within: seat.unitCode }} error={pressed && successors.length === 0 ? words.successorsMissing : null} />
      <TextField type="date" label={words.endsOn} value={endsOn} onValue={setEndsOn} error={pressed && endsOn === '' ? words.missing : issue('endsOn')} />
      <TextField label={words.reason} hint={words.reasonHint} value={reason} onValue={setReason} maxLength={200} error={pressed && reason.trim().length < 4 ? text.problems.issue('text_too_short', { minimum: 4 }) : issue('reason')} />
      <div className="row"><Button kind="danger" onClick={press}>{words.succeedSave}</Button><Button kind="quiet" onClick={() => setOpen(false)}>{text.kit.cancel}</Button></div>
      {asking ? (
        <Dialog title={words.succeedTitle} onClose={() => setAsking(false)} actions={<><Button kind="danger" busy={command.busy} onClick={() => void save()}>{words.succeedSave}</Button><Button onClick={() => setAsking(false)}>{text.kit.cancel}</Button></>}>
          <p>{words.succeedConfirm(unit.name, text.format.list(successors.map(({ name }) => name)), text.format.date(endsOn))}</p>
        </Dialog>
      ) : null}
    </section>
  );
}
