// 核验回执码: anyone who holds a printed table sees whether it was sealed here. No figures, no sign-in.
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { type KnownReceipt, verifyReceipt } from '../../../modules/seals/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { useRead } from '../../app/queries.ts';
import { useSealsText } from '../../language/seals.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Gate } from '../people/gate.tsx';
import { NotProven, SealProofFacts } from './seal-proof.tsx';
import './seals.css';

export function VerifyPage() {
  const words = useSealsText();
  const { code = '' } = useParams();
  return (
    <Gate title={words.title}>
      <p>{words.intro}</p>
      <CodeForm key={code} code={code} />
      {code === '' ? null : <Answer code={code} />}
    </Gate>
  );
}

function CodeForm({ code }: { readonly code: string }) {
  const words = useSealsText();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(code);
  const [pressed, setPressed] = useState(false);
  const missing = typed.trim() === '';
  const check = (): void => {
    setPressed(true);
    if (!missing) void navigate(`/verify/${encodeURIComponent(typed.trim().slice(0, 120))}`);
  };
  return (
    <Form className="stack" onSubmit={check}>
      <TextField label={words.code} hint={words.codeHint} value={typed} onValue={setTyped} autoComplete="off" spellCheck={false} maxLength={120} error={pressed && missing ? words.codeMissing : null} />
      <div><Button kind="primary" icon="search" type="submit">{words.check}</Button></div>
    </Form>
  );
}

function Answer({ code }: { readonly code: string }) {
  const read = useRead(verifyReceipt, { code });
  return <div role="status"><Shown read={read}>{(answer) => (answer.receipt === null ? <Unknown /> : <Known receipt={answer.receipt} demonstration={answer.demonstration} openFrom={answer.openFrom} />)}</Shown></div>;
}

function Unknown() {
  const words = useSealsText();
  return (
    <Notice tone="error">
      <p><strong>{words.unknown}</strong></p>
      <p>{words.unknownText}</p>
    </Notice>
  );
}

function Known({ receipt, demonstration, openFrom }: Omit<OutputOf<typeof verifyReceipt>, 'receipt'> & { readonly receipt: KnownReceipt }) {
  const text = useText();
  const words = useSealsText();
  const { edition, unit, later } = receipt;
  return (
    <div className="stack receipt">
      <Notice tone={later === null ? 'ok' : 'warn'}>
        <p><strong>{words.known}</strong></p>
        <p>{words.knownText}{text.code === 'en' ? ' ' : ''}{later === null ? words.newest : words.later(later.version, text.format.instant(later.sealedAt))}</p>
      </Notice>
      {demonstration ? <Notice tone="warn"><p>{words.demonstration}</p></Notice> : null}
      {edition.official ? null : <Notice tone="warn"><p>{words.unofficial}</p></Notice>}
      <dl className="facts">
        <dt>{words.code}</dt><dd>{receipt.receiptCode}</dd>
        <dt>{words.table}</dt><dd>{edition.title}</dd>
        <dt>{words.unit}</dt><dd>{unit.name}</dd>
        <dt>{words.version}</dt><dd>{words.versionOf(receipt.version)}</dd>
        <dt>{words.sealedAt}</dt><dd>{text.format.instant(receipt.sealedAt)}</dd>
        <dt>SM3</dt><dd className="receipt-digest">{receipt.sm3}</dd>
        <dt>SHA-256</dt><dd className="receipt-digest">{receipt.sha256}</dd>
        <SealProofFacts proof={receipt.proof} />
      </dl>
      <p className="hint">{words.digestsHint}</p>
      <NotProven />
      {openFrom === null ? null : <div><LinkButton icon="arrow_right" to={`/${edition.code}/${openFrom}/return${openFrom === unit.code ? '' : `?unit=${unit.code}`}`}>{words.open}</LinkButton></div>}
    </div>
  );
}
