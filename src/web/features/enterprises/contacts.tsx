// Contacts of an enterprise: shown when asked for, because every look leaves a record; written down with what the person was told.
import { useState } from 'react';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { eraseContact, type getEnterprise, readContacts } from '../../../modules/enterprises/contract.ts';
import { type ContactPerson, type ContactTrace, type ErasureReason, erasureReason } from '../../../modules/enterprises/model.ts';
import { useCommand } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useEnterprisesText } from '../../language/enterprises.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty, FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { ContactForm } from './contact-form.tsx';

type Known = OutputOf<typeof getEnterprise>;
type Person = ContactPerson & { readonly id: string };

/** What is open: a form for one (null: a new one), or the question before erasing. */
type Opened = { readonly form: ContactTrace | null } | { readonly erase: ContactTrace };

export function Contacts({ known }: { readonly known: Known }) {
  const text = useText();
  const words = useEnterprisesText().contacts;
  const seat = useSeat();
  const read = useCommand(readContacts);
  const [people, setPeople] = useState<readonly Person[] | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const { contacts, may, uscc } = known;
  if (!may.includes('read_contacts')) return null;
  const there = contacts.filter(({ erasedAt }) => erasedAt === null);
  const keeps = may.includes('keep_contacts');
  const show = async (): Promise<void> => {
    const answer = await read.run({ edition: seat.edition, unitCode: seat.unitCode, uscc });
    if (answer !== null) setPeople(answer.contacts);
  };
  const changed = (): void => {
    setOpened(null);
    if (people !== null) void show();
  };
  const personOf = (trace: ContactTrace | null): Person | null => people?.find(({ id }) => id === trace?.id) ?? null;
  return (
    <section className="panel stack">
      <h2>{words.title}</h2>
      <p className="hint">{words.rule}</p>
      {there.length === 0 ? <Empty>{keeps ? words.none : words.noneReader}</Empty> : null}
      {there.length > 0 && people === null ? <p>{words.count(text.format.number(there.length))}</p> : null}
      {people === null || there.length === 0 ? null : <People traces={there} personOf={personOf} keeps={keeps} onOpened={setOpened} />}
      <FailureNotice failure={read.failure} kept="read" />
      <p role="status" className="hint">{people === null ? '' : words.shown}</p>
      <div className="row-tight screen-only">
        {there.length === 0 ? null : <Look shown={people !== null} busy={read.busy} onShow={() => void show()} onHide={() => setPeople(null)} />}
        {keeps && opened === null ? <Button icon="add" onClick={() => setOpened({ form: null })}>{words.add}</Button> : null}
      </div>
      {opened === null ? null : 'form' in opened
        ? <ContactForm key={opened.form?.id ?? ''} uscc={uscc} trace={opened.form} person={personOf(opened.form)} onDone={changed} onCancel={() => setOpened(null)} />
        : <Erasing uscc={uscc} trace={opened.erase} onDone={changed} onCancel={() => setOpened(null)} />}
      <Gone contacts={contacts} />
    </section>
  );
}

function Look({ shown, busy, onShow, onHide }: { readonly shown: boolean; readonly busy: boolean; readonly onShow: () => void; readonly onHide: () => void }) {
  const words = useEnterprisesText().contacts;
  return shown ? <Button onClick={onHide}>{words.hide}</Button> : <Button icon="eye" busy={busy} onClick={onShow}>{words.show}</Button>;
}

function Gone({ contacts }: { readonly contacts: readonly ContactTrace[] }) {
  const text = useText();
  const words = useEnterprisesText().contacts;
  const gone = contacts.filter(({ erasedAt }) => erasedAt !== null);
  if (gone.length === 0) return null;
  return (
    <details>
      <summary>{words.gone}</summary>
      <ul>{gone.map((one) => <li key={one.id}>{words.goneLine(text.format.date((one.erasedAt ?? '').slice(0, 10)), one.erasedBy ?? '', words.erasures[one.erasedFor ?? 'wrong'])}</li>)}</ul>
    </details>
  );
}

interface PeopleProps {
  readonly traces: readonly ContactTrace[];
  readonly personOf: (trace: ContactTrace) => Person | null;
  readonly keeps: boolean;
  readonly onOpened: (opened: Opened) => void;
}

function People({ traces, personOf, keeps, onOpened }: PeopleProps) {
  const text = useText();
  const words = useEnterprisesText().contacts;
  const { columns } = words;
  return (
    <div className="table-scroll register-cards">
      <table className="table register" aria-label={words.title}>
        <thead><tr><th scope="col">{columns.name}</th><th scope="col">{columns.post}</th><th scope="col">{columns.telephone}</th><th scope="col">{columns.email}</th><th scope="col">{columns.told}</th>{keeps ? <th scope="col" className="screen-only">{columns.act}</th> : null}</tr></thead>
        <tbody>
          {traces.map((trace) => {
            const person = personOf(trace);
            return person === null ? null : (
              <tr key={trace.id}>
                <th scope="row">{person.name}</th>
                <td>{person.post}</td>
                <td className="nowrap">{person.telephone}</td>
                <td>{person.email}</td>
                <td><span>{text.format.list(trace.purposes.map((purpose) => words.purposes[purpose]))}</span><span className="hint register-code">{words.told(text.format.date(trace.toldOn), trace.toldBy, words.toldHow[trace.toldHow])}</span></td>
                {keeps ? (
                  <td className="screen-only"><span className="row-tight">
                    <Button icon="pencil" aria-label={`${words.edit} ${person.name}`} onClick={() => onOpened({ form: trace })}>{words.edit}</Button>
                    <Button kind="quiet" icon="trash" aria-label={`${words.erase} ${person.name}`} onClick={() => onOpened({ erase: trace })}>{words.erase}</Button>
                  </span></td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface ErasingProps {
  readonly uscc: string;
  readonly trace: ContactTrace;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function Erasing({ uscc, trace, onDone, onCancel }: ErasingProps) {
  const words = useEnterprisesText().contacts;
  const seat = useSeat();
  const erase = useCommand(eraseContact);
  const [reason, setReason] = useState<ErasureReason>('withdrawn');
  const run = async (): Promise<void> => {
    if ((await erase.run({ edition: seat.edition, unitCode: seat.unitCode, uscc, id: trace.id, version: trace.version, reason })) === null) return;
    tell({ text: words.erased });
    onDone();
  };
  return (
    <Dialog title={words.eraseTitle} onClose={onCancel} actions={<><Button kind="danger" icon="trash" busy={erase.busy} onClick={() => void run()}>{words.erase}</Button><Button kind="quiet" onClick={onCancel}>{words.cancel}</Button></>}>
      <div className="stack">
        <p>{words.eraseSure}</p>
        <Chips label={words.why} options={erasureReason.options.map((value) => ({ value, label: words.erasures[value] }))} value={reason} onValue={(value) => setReason(erasureReason.options.find((one) => one === value) ?? 'withdrawn')} />
        <FailureNotice failure={erase.failure} kept="nothing" />
      </div>
    </Dialog>
  );
}
