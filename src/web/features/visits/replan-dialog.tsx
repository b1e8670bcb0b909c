// A planned visit to another day, to other officers, or not at all.
import { useState } from 'react';
import { cancelVisit, listVisitOfficers, replanVisit, restoreVisit } from '../../../modules/visits/contract.ts';
import type { Visit } from '../../../modules/visits/model.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useText } from '../../language/text.tsx';
import { useVisitsText } from '../../language/visits.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { MultiChips } from './multi-chips.tsx';

export function ReplanDialog({ visit, onClose }: { readonly visit: Visit; readonly onClose: () => void }) {
  const text = useText();
  const words = useVisitsText();
  const replan = useCommand(replanVisit);
  const cancel = useCommand(cancelVisit);
  const restore = useCommand(restoreVisit);
  const known = useRead(listVisitOfficers, { edition: visit.editionCode, unitCode: visit.unitCode }, { fresh: 300_000 });
  const [day, setDay] = useState(visit.day);
  const [officers, setOfficers] = useState<readonly string[]>(visit.officers.map(({ id }) => id));
  const [purpose, setPurpose] = useState(visit.purpose);
  const [reason, setReason] = useState('');
  const { id, version } = visit;
  const save = async (): Promise<void> => {
    const saved = await replan.run({ id, version, day, officers: [...officers], purpose });
    if (saved === null) return;
    onClose();
    const before = { day: visit.day, officers: visit.officers.map((one) => one.id), purpose: visit.purpose };
    tell({ text: day === visit.day ? words.replan.kept : words.replan.moved(text.format.shortDate(day)), undo: async () => (await replan.run({ id, version: saved.version, ...before })) !== null });
  };
  const callOff = async (): Promise<void> => {
    const saved = await cancel.run({ id, version, reason: reason.trim() === '' ? null : reason });
    if (saved === null) return;
    onClose();
    tell({ text: words.replan.cancelled, undo: async () => (await restore.run({ id, version: saved.version })) !== null });
  };
  return (
    <Dialog title={`${words.replan.title}${text.code === 'en' ? ': ' : '：'}${visit.enterprise.name}`} onClose={onClose} actions={<Button kind="primary" icon="check" busy={replan.busy} onClick={() => void save()}>{words.replan.save}</Button>}>
      <FailureNotice failure={replan.failure ?? cancel.failure} kept="nothing" />
      <TextField type="date" label={words.plan.day} value={day} onValue={setDay} />
      <MultiChips id="replan-officers" label={words.plan.officers} options={(known.data?.officers ?? visit.officers).map((one) => ({ value: one.id, label: one.name }))} values={officers} onValues={setOfficers} />
      <TextField label={words.plan.purpose} optional maxLength={200} value={purpose} onValue={setPurpose} />
      <hr />
      <TextField label={words.replan.reason} optional maxLength={200} value={reason} onValue={setReason} />
      <div><Button kind="danger" icon="trash" busy={cancel.busy} onClick={() => void callOff()}>{words.replan.cancel}</Button></div>
    </Dialog>
  );
}
