// What may change in the tree: a new zone, another reporting line, successors of a unit.
import { type ReactNode, useState } from 'react';
import { addZone, setReportingLine, succeedUnits } from '../../../modules/units/contract.ts';
import type { UnitDetail } from '../../../modules/units/model.ts';
import { useCommand } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useSeat } from '../../app/session.tsx';
import { useSetupText } from '../../language/setup.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { UnitPicker } from '../../ui/unit-picker.tsx';

interface Picked {
  readonly code: string;
  readonly name: string;
}

/** Units chosen one after the other, each removable. */
function PickedUnits({ units, onUnits, label, hint, error, most, children }: {
  readonly units: readonly Picked[];
  readonly onUnits: (units: readonly Picked[]) => void;
  readonly label: string;
  readonly hint?: string;
  readonly error: string | null;
  readonly most: number;
  readonly children?: ReactNode;
}) {
  const words = useSetupText().units;
  const seat = useSeat();
  return (
    <div className="stack-tight">
      <UnitPicker edition={seat.edition} label={label} hint={hint ?? null} error={error} onPick={({ code, name }) => onUnits(units.some((unit) => unit.code === code) || units.length >= most ? units : [...units, { code, name }])} />
      {children}
      <div className="picked">
        {units.map((unit) => <Button key={unit.code} icon="close" aria-label={words.removePlace(unit.name)} onClick={() => onUnits(units.filter(({ code }) => code !== unit.code))}>{unit.name}</Button>)}
      </div>
    </div>
  );
}

export function AddZone() {
  const words = useSetupText().units;
  const seat = useSeat();
  const command = useCommand(addZone);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [places, setPlaces] = useState<readonly Picked[]>([]);
  const [from, setFrom] = useState(today());
  const [pressed, setPressed] = useState(false);
  if (!open) return <div><Button icon="add" onClick={() => setOpen(true)}>{words.addZone}</Button></div>;
  const save = async (): Promise<void> => {
    setPressed(true);
    if (name.trim().length < 4 || places.length === 0) return;
    const zone = await command.run({ unitCode: seat.unitCode, name: name.trim(), placeCodes: places.map(({ code }) => code), validFrom: from });
    if (zone === null) return;
    tell({ text: words.zoneAdded(zone.name, zone.code) });
    setName('');
    setPlaces([]);
    setPressed(false);
    setOpen(false);
  };
  return (
    <section className="panel stack">
      <h3>{words.addZone}</h3>
      <FailureNotice failure={command.failure} kept="typed" />
      <TextField label={words.zoneName} hint={words.zoneHint} value={name} onValue={setName} maxLength={40} error={pressed && name.trim().length < 4 ? words.missing : null} />
      <PickedUnits units={places} onUnits={setPlaces} label={words.zonePlaces} hint={words.zonePlacesHint} most={5} error={pressed && places.length === 0 ? words.placesMissing : null} />
      <TextField type="date" label={words.from} value={from} onValue={setFrom} />
      <div><Button kind="primary" busy={command.busy} onClick={() => void save()}>{words.addZoneSave}</Button></div>
    </section>
  );
}

export function MoveUnit({ unit }: { readonly unit: UnitDetail }) {
  const words = useSetupText().units;
  const seat = useSeat();
  const command = useCommand(setReportingLine);
  const [open, setOpen] = useState(false);
  const [upper, setUpper] = useState<Picked | null>(null);
  const [from, setFrom] = useState(today());
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  if (!open) return <div><Button onClick={() => setOpen(true)}>{words.line}</Button></div>;
  const save = async (): Promise<void> => {
    setPressed(true);
    if (upper === null || reason.trim().length < 4) return;
    if ((await command.run({ unitCode: unit.code, parentCode: upper.code, validFrom: from, reason: reason.trim() })) === null) return;
    tell({ text: words.lineSaved(unit.name, upper.name) });
    setOpen(false);
  };
  return (
    <div className="stack">
      <h3>{words.line}</h3>
      <p className="hint">{words.lineHint}</p>
      <FailureNotice failure={command.failure} kept="typed" />
      <UnitPicker edition={seat.edition} keep label={words.lineTo} onPick={setUpper} error={pressed && upper === null ? words.missing : null} />
      <TextField type="date" label={words.from} value={from} onValue={setFrom} />
      <TextField label={words.reason} hint={words.reasonHint} value={reason} onValue={setReason} maxLength={200} error={pressed && reason.trim().length < 4 ? words.missing : null} />
      <div><Button kind="primary" busy={command.busy} onClick={() => void save()}>{words.lineSave}</Button></div>
    </div>
  );
}

export function SucceedUnit({ unit }: { readonly unit: UnitDetail }) {
  const text = useText();
  const words = useSetupText().units;
  const command = useCommand(succeedUnits);
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [successors, setSuccessors] = useState<readonly Picked[]>([]);
  const [endsOn, setEndsOn] = useState(today());
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  if (!open) return <div><Button onClick={() => setOpen(true)}>{words.succeed}</Button></div>;
  const press = (): void => {
    setPressed(true);
    if (successors.length > 0 && reason.trim().length >= 4) setAsking(true);
  };
  const save = async (): Promise<void> => {
    const done = await command.run({ unitCode: unit.code, successorCodes: successors.map(({ code }) => code), endsOn, reason: reason.trim() });
    setAsking(false);
    if (done === null) return;
    tell({ text: words.succeedDone(unit.name) });
    setOpen(false);
  };
  return (
    <div className="stack">
      <h3>{words.succeed}</h3>
      <p className="hint">{words.succeedHint}</p>
      <FailureNotice failure={command.failure} kept="typed" />
      <PickedUnits units={successors} onUnits={setSuccessors} label={words.successors} most={10} error={pressed && successors.length === 0 ? words.successorsMissing : null} />
      <TextField type="date" label={words.endsOn} value={endsOn} onValue={setEndsOn} />
      <TextField label={words.reason} hint={words.reasonHint} value={reason} onValue={setReason} maxLength={200} error={pressed && reason.trim().length < 4 ? words.missing : null} />
      <div><Button kind="danger" onClick={press}>{words.succeedSave}</Button></div>
      {asking ? (
        <Dialog title={words.succeedTitle} onClose={() => setAsking(false)} actions={<><Button kind="danger" busy={command.busy} onClick={() => void save()}>{words.succeedSave}</Button><Button onClick={() => setAsking(false)}>{text.kit.cancel}</Button></>}>
          <p>{words.succeedConfirm(unit.name, text.format.list(successors.map(({ name }) => name)), text.format.date(endsOn))}</p>
        </Dialog>
      ) : null}
    </div>
  );
}
