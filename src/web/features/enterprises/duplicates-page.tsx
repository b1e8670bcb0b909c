// 查重合并: enterprises that may be there twice, taken for one with a reason, and back.
import { useState } from 'react';
import { listLikenesses, mergeEnterprises, undoMerge } from '../../../modules/enterprises/contract.ts';
import type { Likeness, Merge } from '../../../modules/enterprises/model.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useEnded, useSeat } from '../../app/session.tsx';
import { useEnterprisesText } from '../../language/enterprises.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Badge, Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { useFieldError } from './record-fields.tsx';
import './enterprises.css';

export function DuplicatesPage() {
  const words = useEnterprisesText();
  const seat = useSeat();
  const unit = useRead(getUnit, { edition: seat.edition, unitCode: seat.unitCode }, { fresh: 300_000 });
  const writes = (unit.data?.may.includes('write_ledger') ?? false);
  const ended = useEnded();
  const read = useRead(listLikenesses, { edition: seat.edition, unitCode: seat.unitCode });
  return (
    <>
      <PageTitle title={words.duplicates.title} aside={<LinkButton icon="arrow_left" to={`${seat.base}/enterprises`}>{words.one.back}</LinkButton>} />
      <p className="hint prose">{words.duplicates.intro}</p>
      <Shown read={read}>
        {({ likely, merges }) => (
          <div className="stack">
            <Likely likely={likely} writes={writes && !ended} />
            <Made merges={merges} writes={writes && !ended} />
          </div>
        )}
      </Shown>
    </>
  );
}

const keyOf = ({ from, into }: Likeness): string => `${from.uscc ?? from.name} ${into.uscc}`;

function Likely({ likely, writes }: { readonly likely: readonly Likeness[]; readonly writes: boolean }) {
  const text = useText();
  const words = useEnterprisesText().duplicates;
  const [opened, setOpened] = useState<Likeness | null>(null);
  const { columns } = words;
  const { number } = text.format;
  return (
    <section className="panel stack">
      <h2>{words.likely}</h2>
      {likely.length === 0 ? <Empty>{words.none}</Empty> : (
        <div className="table-scroll register-cards">
          <table className="table register" aria-label={words.likely}>
            <thead><tr><th scope="col">{columns.from}</th><th scope="col">{columns.into}</th><th scope="col">{columns.sign}</th>{writes ? <th scope="col">{columns.act}</th> : null}</tr></thead>
            <tbody>
              {likely.map((one) => (
                <tr key={keyOf(one)}>
                  <th scope="row" className="register-name">{one.from.name}<span className="hint register-code">{one.from.uscc ?? words.noCode}，{words.entries(number(one.from.entries))}</span></th>
                  <td>{one.into.name}<span className="hint register-code">{one.into.uscc}，{words.entries(number(one.into.entries))}</span></td>
                  <td><Badge>{words.signs[one.sign]}</Badge></td>
                  {writes ? <td><Button icon="copy" aria-label={`${words.merge} ${one.from.name}`} onClick={() => setOpened(one)}>{words.merge}</Button></td> : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {opened === null ? null : <Merging key={keyOf(opened)} likeness={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}

interface Side {
  readonly uscc: string | null;
  readonly name: string;
}

const sideName = ({ name, uscc }: Side): string => (uscc === null ? name : `${name} ${uscc}`);

function Merging({ likeness, onClose }: { readonly likeness: Likeness; readonly onClose: () => void }) {
  const text = useText();
  const words = useEnterprisesText().duplicates;
  const seat = useSeat();
  const merge = useCommand(mergeEnterprises);
  const error = useFieldError(merge.failure);
  const [reason, setReason] = useState('');
  const [swapped, setSwapped] = useState(false);
  // Only a code can be what stays.
  const from: Side = swapped ? likeness.into : likeness.from;
  const into = swapped && likeness.from.uscc !== null ? { uscc: likeness.from.uscc, name: likeness.from.name } : likeness.into;
  const run = async (): Promise<void> => {
    const merged = await merge.run({ edition: seat.edition, unitCode: seat.unitCode, from: from.uscc === null ? { name: from.name } : { uscc: from.uscc }, into: into.uscc, reason });
    if (merged === null) return;
    const left = merged.left === 0 ? '' : words.left(text.format.number(merged.left));
    tell({ text: [words.done(text.format.number(merged.changed)), left].filter((line) => line !== '').join(text.code === 'zh' ? '' : ' ') });
    onClose();
  };
  return (
    <Dialog title={words.mergeTitle} onClose={onClose} actions={<><Button kind="primary" icon="check" busy={merge.busy} onClick={() => void run()}>{words.merge}</Button><Button kind="quiet" onClick={onClose}>{words.cancel}</Button></>}>
      <div className="stack">
        <p className="enterprise-wrap">{words.sure(sideName(from), sideName(into))}</p>
        {likeness.from.uscc === null ? null : <div><Button icon="refresh" onClick={() => setSwapped(!swapped)}>{words.swap}</Button></div>}
        <TextArea label={words.reason} hint={words.reasonHint} error={error('reason')} value={reason} maxLength={200} onValue={setReason} />
        <FailureNotice failure={merge.failure} kept="typed" />
      </div>
    </Dialog>
  );
}

function Made({ merges, writes }: { readonly merges: readonly Merge[]; readonly writes: boolean }) {
  const text = useText();
  const words = useEnterprisesText().duplicates;
  const [opened, setOpened] = useState<Merge | null>(null);
  const day = (at: string): string => text.format.date(at.slice(0, 10));
  return (
    <section className="panel stack">
      <h2>{words.made}</h2>
      {merges.length === 0 ? <p className="hint">{words.madeNone}</p> : (
        <ul className="merge-list">
          {merges.map((one) => (
            <li key={one.id}>
              <p className="strong enterprise-wrap">{words.madeLine(sideName(one.from), sideName(one.into))}</p>
              <p className="hint">{words.by(one.accountName, day(one.at))}；{words.changed(text.format.number(one.changed))}；{one.reason}</p>
              {one.undoneAt === null ? null : <p><Badge icon="undo">{words.undoneLine(one.undoneByName ?? '', day(one.undoneAt))}</Badge> <span className="hint">{one.undoneReason}</span></p>}
              {one.undoneAt === null && writes ? <div><Button icon="undo" onClick={() => setOpened(one)}>{words.undo}</Button></div> : null}
            </li>
          ))}
        </ul>
      )}
      {opened === null ? null : <Undoing key={opened.id} merge={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}

function Undoing({ merge, onClose }: { readonly merge: Merge; readonly onClose: () => void }) {
  const text = useText();
  const words = useEnterprisesText().duplicates;
  const undo = useCommand(undoMerge);
  const error = useFieldError(undo.failure);
  const [reason, setReason] = useState('');
  const run = async (): Promise<void> => {
    const answer = await undo.run({ id: merge.id, reason });
    if (answer === null) return;
    tell({ text: words.undone(text.format.number(answer.restored), text.format.number(answer.left)) });
    onClose();
  };
  return (
    <Dialog title={words.undoTitle} onClose={onClose} actions={<><Button kind="primary" icon="undo" busy={undo.busy} onClick={() => void run()}>{words.undo}</Button><Button kind="quiet" onClick={onClose}>{words.cancel}</Button></>}>
      <div className="stack">
        <p className="enterprise-wrap">{words.madeLine(sideName(merge.from), sideName(merge.into))}</p>
        <p>{words.undoSure}</p>
        <TextArea label={words.reason} error={error('reason')} value={reason} maxLength={200} onValue={setReason} />
        <FailureNotice failure={undo.failure} kept="typed" />
      </div>
    </Dialog>
  );
}
