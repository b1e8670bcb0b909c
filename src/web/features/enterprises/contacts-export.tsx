// 导出联系人: personal information leaves with a reason, which the trail keeps, and a factor proved anew.
import { useState } from 'react';
import { useSeat } from '../../app/session.tsx';
import { useEnterprisesText } from '../../language/enterprises.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import { ExportButton } from '../exports/export-button.tsx';

const shortestReason = 8;

export function ContactsExport() {
  const words = useEnterprisesText().contacts;
  const seat = useSeat();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const said = reason.trim();
  return (
    <>
      <Button kind="quiet" icon="download" onClick={() => setOpen(true)}>{words.export}</Button>
      {open ? (
        <Dialog title={words.export} onClose={() => setOpen(false)} actions={<Button kind="quiet" onClick={() => setOpen(false)}>{words.cancel}</Button>}>
          <div className="stack">
            <p>{words.exportRule}</p>
            <TextArea label={words.exportReason} hint={words.exportHint} value={reason} maxLength={200} onValue={setReason} />
            {Array.from(said).length < shortestReason ? <p role="status" className="hint">{words.exportWaits}</p> : <ExportButton edition={seat.edition} unitCode={seat.unitCode} subjects={[{ kind: 'contacts', reason: said }]} />}
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
