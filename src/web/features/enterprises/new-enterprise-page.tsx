// 登记企业: an enterprise by its code, with what is known of it. A code that is registered brings its name.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { lookUpEnterprises, saveEnterprise } from '../../../modules/enterprises/contract.ts';
import { isUscc, normaliseUscc } from '../../../modules/enterprises/rules.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useEnterprisesText } from '../../language/enterprises.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { nothingKnown, RecordFields, useFieldError } from './record-fields.tsx';
import './enterprises.css';

export function NewEnterprisePage() {
  const text = useText();
  const { add: words, one } = useEnterprisesText();
  const seat = useSeat();
  const navigate = useNavigate();
  const save = useCommand(saveEnterprise);
  const error = useFieldError(save.failure);
  const [typed, setTyped] = useState({ uscc: '', name: '' });
  const [content, setContent] = useState(nothingKnown);
  const [target, setTarget] = useState(false);
  const [pressed, setPressed] = useState(false);
  const code = normaliseUscc(typed.uscc);
  const good = isUscc(code);
  const registered = useRead(lookUpEnterprises, { codes: code }, { when: good, fresh: 60_000 });
  const known = good ? (registered.data?.enterprises[0]?.name ?? null) : null;
  const name = known ?? typed.name.trim();
  const submit = async (): Promise<void> => {
    setPressed(true);
    if (!good || name === '') return;
    const saved = await save.run({ edition: seat.edition, unitCode: seat.unitCode, uscc: code, name, version: 0, content, ...(target ? { target } : {}) });
    if (saved === null) return;
    tell({ text: words.done(saved.name) });
    void navigate(`${seat.base}/enterprises/${saved.uscc}`);
  };
  return (
    <>
      <PageTitle title={words.title} aside={<LinkButton icon="arrow_left" to={`${seat.base}/enterprises`}>{one.back}</LinkButton>} />
      <Form className="panel stack enterprise-form" onSubmit={submit}>
        <TextField label={words.uscc} hint={words.usccHint} error={pressed && !good ? text.problems.issue(typed.uscc.trim() === '' ? 'text_missing' : 'uscc_check', {}) : error('uscc')} value={typed.uscc} maxLength={40} autoComplete="off" onValue={(uscc) => setTyped({ ...typed, uscc })} />
        {known === null ? <TextField label={words.name} error={pressed && name === '' ? text.problems.issue('text_missing', {}) : error('name')} value={typed.name} maxLength={100} autoComplete="off" onValue={(typedName) => setTyped({ ...typed, name: typedName })} /> : <p role="status">{words.known(known)}</p>}
        <RecordFields content={content} onContent={setContent} failure={save.failure} />
        <CheckField label={words.target} checked={target} onChecked={setTarget} />
        <FailureNotice failure={save.failure} kept="typed" />
        <div><Button type="submit" kind="primary" icon="check" busy={save.busy}>{words.save}</Button></div>
      </Form>
    </>
  );
}
