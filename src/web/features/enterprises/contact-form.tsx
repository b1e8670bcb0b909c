// A contact as it is written down: first what the person was told, then who it is.
import { useState } from 'react';
import { saveContact } from '../../../modules/enterprises/contract.ts';
import { type Consent, type ContactPerson, contactPurpose, type ContactTrace, toldHow } from '../../../modules/enterprises/model.ts';
import type { Failure } from '../../app/failure.ts';
import { useCommand } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useMe, useSeat } from '../../app/session.tsx';
import { useEnterprisesText } from '../../language/enterprises.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { CheckField, FieldError, TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { useFieldError } from './record-fields.tsx';

export interface ContactFormProps {
  readonly uscc: string;
  /** Null: a new one. */
  readonly trace: ContactTrace | null;
  readonly person: ContactPerson | null;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const nobody: ContactPerson = { name: '', post: '', telephone: '', email: '' };

export function ContactForm({ uscc, trace, person, onDone, onCancel }: ContactFormProps) {
  const words = useEnterprisesText().contacts;
  const seat = useSeat();
  const me = useMe();
  const save = useCommand(saveContact);
  const error = useFieldError(save.failure);
  const [who, setWho] = useState<ContactPerson>(() => (person === null ? nobody : { name: person.name, post: person.post, telephone: person.telephone, email: person.email }));
  const [told, setTold] = useState<Consent>(() => {
    if (trace === null) return { purposes: ['visits'], notice: words.usualNotice, toldOn: today(), toldBy: me.account.displayName, toldHow: 'in_person' };
    return { purposes: trace.purposes, notice: trace.notice, toldOn: trace.toldOn, toldBy: trace.toldBy, toldHow: trace.toldHow };
  });
  const submit = async (): Promise<void> => {
    const saved = await save.run({ edition: seat.edition, unitCode: seat.unitCode, uscc, id: trace?.id ?? null, version: trace?.version ?? 0, person: who, consent: told });
    if (saved === null) return;
    tell({ text: words.saved });
    onDone();
  };
  return (
    <Form className="stack enterprise-form contact-form" onSubmit={submit}>
      <Told told={told} onTold={setTold} failure={save.failure} />
      <h3>{words.personTitle}</h3>
      <TextField label={words.name} error={error('person.name')} value={who.name} maxLength={40} autoComplete="off" onValue={(name) => setWho({ ...who, name })} />
      <TextField label={words.post} optional error={error('person.post')} value={who.post} maxLength={40} autoComplete="off" onValue={(post) => setWho({ ...who, post })} />
      <TextField label={words.telephone} hint={words.reach} error={error('person.telephone')} value={who.telephone} maxLength={40} inputMode="tel" autoComplete="off" onValue={(telephone) => setWho({ ...who, telephone })} />
      <TextField label={words.email} optional error={error('person.email')} value={who.email} maxLength={120} inputMode="email" autoComplete="off" onValue={(email) => setWho({ ...who, email })} />
      <FailureNotice failure={save.failure} kept="typed" />
      <div className="row-tight">
        <Button type="submit" kind="primary" icon="check" busy={save.busy}>{words.save}</Button>
        <Button kind="quiet" onClick={onCancel}>{words.cancel}</Button>
      </div>
    </Form>
  );
}

interface ToldProps {
  readonly told: Consent;
  readonly onTold: (told: Consent) => void;
  readonly failure: Failure | null;
}

function Told({ told, onTold: setTold, failure }: ToldProps) {
  const words = useEnterprisesText().contacts;
  const error = useFieldError(failure);
  const purposeError = error('consent.purposes');
  return (
    <>
      <h3>{words.consentTitle}</h3>
      <p className="hint">{words.consentRule}</p>
      <fieldset className="enterprise-tags">
        <legend className="field-label">{words.purpose}</legend>
        {purposeError === null ? null : <FieldError>{purposeError}</FieldError>}
        {contactPurpose.options.map((one) => (
          <CheckField key={one} label={words.purposes[one]} checked={told.purposes.includes(one)} onChecked={(on) => setTold({ ...told, purposes: contactPurpose.options.filter((other) => (other === one ? on : told.purposes.includes(other))) })} />
        ))}
      </fieldset>
      <TextArea label={words.notice} hint={words.noticeHint} error={error('consent.notice')} value={told.notice} maxLength={500} onValue={(notice) => setTold({ ...told, notice })} />
      <TextField label={words.toldOn} type="date" error={error('consent.toldOn')} value={told.toldOn} onValue={(toldOn) => setTold({ ...told, toldOn })} />
      <TextField label={words.toldBy} error={error('consent.toldBy')} value={told.toldBy} maxLength={40} onValue={(toldBy) => setTold({ ...told, toldBy })} />
      <Chips label={words.how} options={toldHow.options.map((value) => ({ value, label: words.toldHow[value] }))} value={told.toldHow} onValue={(value) => setTold({ ...told, toldHow: toldHow.options.find((one) => one === value) ?? 'in_person' })} />
    </>
  );
}
