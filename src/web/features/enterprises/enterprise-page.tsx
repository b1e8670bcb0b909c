// One enterprise as the unit knows it: what is written down, whether it is on the list, who is spoken to, and every entry that names it.
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { chooseTargets, getEnterprise, removeEnterprise, saveEnterprise } from '../../../modules/enterprises/contract.ts';
import type { RecordContent, Service } from '../../../modules/enterprises/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useEdition, useSeat } from '../../app/session.tsx';
import { useEnterprisesText } from '../../language/enterprises.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { Contacts } from './contacts.tsx';
import { nothingKnown, RecordFields } from './record-fields.tsx';
import { Tags } from './register-list.tsx';
import './enterprises.css';

type Known = OutputOf<typeof getEnterprise>;

export function EnterprisePage() {
  const words = useEnterprisesText();
  const seat = useSeat();
  const { uscc = '' } = useParams();
  const read = useRead(getEnterprise, { edition: seat.edition, unitCode: seat.unitCode, uscc });
  return (
    <>
      <PageTitle title={read.data?.name ?? words.title} aside={<LinkButton icon="arrow_left" to={`${seat.base}/enterprises`}>{words.one.back}</LinkButton>} />
      <Shown read={read}>
        {(known) => (
          <div className="stack" key={known.uscc}>
            {known.mergedInto === null ? null : <Notice tone="warn"><p>{words.one.mergedInto(known.mergedInto.name)}</p><p><Link to={`${seat.base}/enterprises/${known.mergedInto.uscc}`}>{words.one.toMerged}</Link></p></Notice>}
            <Facts known={known} />
            <Contacts known={known} />
            <History services={known.services} />
          </div>
        )}
      </Shown>
    </>
  );
}

function Facts({ known }: { readonly known: Known }) {
  const words = useEnterprisesText();
  const seat = useSeat();
  const [editing, setEditing] = useState(false);
  const { record, target, uscc, may } = known;
  const writes = may.includes('write');
  return (
    <section className="panel stack">
      <div className="row-tight">
        {target ? <Badge tone="action" icon="check">{words.one.isTarget}</Badge> : <Badge>{words.one.isNoTarget}</Badge>}
        <Tags tags={record?.tags ?? []} />
      </div>
      <dl className="facts">
        <div><dt>{words.one.code}</dt><dd className="register-code">{uscc}</dd></div>
        <div><dt>{words.one.region}</dt><dd>{seat.unitName}</dd></div>
        {record === null ? null : ([['industry', words.one.industry], ['address', words.one.address], ['note', words.one.note]] as const).map(([field, label]) => (record[field] === '' ? null : <div key={field}><dt>{label}</dt><dd className="entry-text">{record[field]}</dd></div>))}
      </dl>
      {record === null ? <p className="hint">{words.one.notWritten}</p> : null}
      {writes && !editing ? <Acts known={known} onEdit={() => setEditing(true)} /> : null}
      {editing ? <Editing known={known} onDone={() => setEditing(false)} /> : null}
    </section>
  );
}

function Acts({ known, onEdit }: { readonly known: Known; readonly onEdit: () => void }) {
  const { one: words, register } = useEnterprisesText();
  const seat = useSeat();
  const navigate = useNavigate();
  const choose = useCommand(chooseTargets);
  const remove = useCommand(removeEnterprise);
  const [asking, setAsking] = useState(false);
  const place = { edition: seat.edition, unitCode: seat.unitCode };
  const move = async (chosen: boolean): Promise<void> => {
    if ((await choose.run({ ...place, codes: [known.uscc], chosen })) === null) return;
    const undo = async (): Promise<boolean> => (await choose.run({ ...place, codes: [known.uscc], chosen: !chosen })) !== null;
    tell({ text: (chosen ? register.added : register.removed)('1'), undo });
  };
  const take = async (): Promise<void> => {
    const answer = await remove.run({ ...place, uscc: known.uscc, version: known.record?.version ?? 0 });
    setAsking(false);
    if (answer === null) return;
    tell({ text: words.removed(known.name) });
    void navigate(`${seat.base}/enterprises`);
  };
  return (
    <>
      <div className="row-tight screen-only">
        <Button icon="pencil" onClick={onEdit}>{known.record === null ? words.write : words.edit}</Button>
        <Button icon={known.target ? 'minus' : 'add'} busy={choose.busy} onClick={() => void move(!known.target)}>{known.target ? words.removeTarget : words.addTarget}</Button>
        {known.record === null ? null : <Button kind="quiet" icon="trash" onClick={() => setAsking(true)}>{words.remove}</Button>}
      </div>
      <FailureNotice failure={choose.failure ?? remove.failure} kept="nothing" />
      {asking ? (
        <Dialog title={words.remove} onClose={() => setAsking(false)} actions={<><Button kind="danger" icon="trash" busy={remove.busy} onClick={() => void take()}>{words.remove}</Button><Button kind="quiet" onClick={() => setAsking(false)}>{words.cancel}</Button></>}>
          <p>{words.removeSure}</p>
        </Dialog>
      ) : null}
    </>
  );
}

function Editing({ known, onDone }: { readonly known: Known; readonly onDone: () => void }) {
  const words = useEnterprisesText().one;
  const seat = useSeat();
  const save = useCommand(saveEnterprise);
  const [content, setContent] = useState<RecordContent>(() => {
    if (known.record === null) return nothingKnown;
    const { tags, industry, address, note } = known.record;
    return { tags, industry, address, note };
  });
  const submit = async (): Promise<void> => {
    const saved = await save.run({ edition: seat.edition, unitCode: seat.unitCode, uscc: known.uscc, name: known.name, version: known.record?.version ?? 0, content });
    if (saved === null) return;
    tell({ text: words.saved });
    onDone();
  };
  return (
    <Form className="stack enterprise-form" onSubmit={submit}>
      <RecordFields content={content} onContent={setContent} failure={save.failure} />
      <FailureNotice failure={save.failure} kept="typed" />
      <div className="row-tight">
        <Button type="submit" kind="primary" icon="check" busy={save.busy}>{words.save}</Button>
        <Button kind="quiet" onClick={onDone}>{words.cancel}</Button>
      </div>
    </Form>
  );
}

function History({ services }: { readonly services: readonly Service[] }) {
  const text = useText();
  const words = useEnterprisesText().one;
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  const kindName = (code: string): string => {
    const kind = edition.data?.definition.kinds.find((one) => one.code === code);
    return kind === undefined ? code : wordsOf(text, kind.name);
  };
  return (
    <section className="panel stack">
      <h2>{words.history}</h2>
      <p className="hint">{words.historyHint}</p>
      {services.length === 0 ? <Empty action={<LinkButton icon="add" to={`${seat.base}/ledger/new?kind=visit`}>{words.recordVisit}</LinkButton>}>{words.historyNone}</Empty> : (
        <div className="table-scroll register-cards">
          <table className="table register" aria-label={words.history}>
            <thead><tr><th scope="col">{words.columns.date}</th><th scope="col">{words.columns.kind}</th><th scope="col">{words.columns.title}</th><th scope="col">{words.columns.edition}</th></tr></thead>
            <tbody>
              {services.map(({ id, editionCode, kind, occurredOn, title, work }) => (
                <tr key={id}>
                  <td className="nowrap">{text.format.date(occurredOn)}</td>
                  <td className="nowrap">{kindName(kind)}</td>
                  <th scope="row" className="register-name"><Link to={`/${editionCode}/${seat.unitCode}/ledger/${id}`}>{title}</Link>{work === null ? null : <span className="hint register-code">{words.work}</span>}</th>
                  <td>{editionCode}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
