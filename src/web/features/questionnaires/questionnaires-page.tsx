// The questionnaires of a unit: which there are, a new one, one from a form of another tool, and the bin.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { createQuestionnaire, importXlsForm, listQuestionnaires, restoreQuestionnaire } from '../../../modules/questionnaires/contract/building.ts';
import type { QuestionnaireSummary, Unsaid } from '../../../modules/questionnaires/model/building.ts';
import { upload } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { queryClient, useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { stateBadge } from './state-badge.tsx';
import './questionnaires.css';

export function QuestionnairesPage() {
  const words = useQuestionnairesText();
  const seat = useSeat();
  const read = useRead(listQuestionnaires, { edition: seat.edition, unitCode: seat.unitCode });
  return (
    <>
      <PageTitle title={words.title} />
      <Shown read={read}>
        {({ questionnaires, binned, mayBuild }) => (
          <div className="stack-wide">
            {questionnaires.length === 0 ? <Empty>{mayBuild ? words.none : words.noneToRead}</Empty> : <ul className="questionnaire-list">{questionnaires.map((one) => <Line key={one.id} one={one} />)}</ul>}
            {mayBuild ? <NewOne /> : null}
            {binned.length === 0 ? null : <Bin binned={binned} mayBuild={mayBuild} />}
          </div>
        )}
      </Shown>
    </>
  );
}

function Line({ one }: { readonly one: QuestionnaireSummary }) {
  const words = useQuestionnairesText();
  const text = useText();
  const seat = useSeat();
  const title = one.title === '' ? words.untitled : one.title;
  return (
    <li className="panel row-apart">
      <div className="stack-tight grow">
        <span className="row-tight">{stateBadge(one, words)}</span>
        <strong>{title}</strong>
        <span className="hint">{words.questions(text.format.number(one.questions))}　{words.savedBy(one.savedByName, text.format.shortInstant(one.savedAt))}</span>
      </div>
      <LinkButton icon="arrow_right" to={`${seat.base}/questionnaires/${one.id}`} aria-label={`${words.open} ${title}`}>{words.open}</LinkButton>
    </li>
  );
}

function NewOne() {
  const words = useQuestionnairesText();
  const seat = useSeat();
  const navigate = useNavigate();
  const create = useCommand(createQuestionnaire);
  const begin = async (is: 'empty' | 'example'): Promise<void> => {
    const made = await create.run({ edition: seat.edition, unitCode: seat.unitCode, from: { is } });
    if (made !== null) void navigate(`${seat.base}/questionnaires/${made.id}`);
  };
  return (
    <section className="panel stack" aria-labelledby="new-questionnaire">
      <h2 id="new-questionnaire">{words.newOne}</h2>
      <FailureNotice failure={create.failure} kept="nothing" />
      <p className="hint">{words.fromExampleHint}</p>
      <div className="row">
        <Button kind="primary" icon="copy" busy={create.busy} onClick={() => void begin('example')}>{words.fromExample}</Button>
        <Button icon="add" busy={create.busy} onClick={() => void begin('empty')}>{words.fromEmpty}</Button>
      </div>
      <ImportForm />
    </section>
  );
}

interface Taken {
  readonly id: string;
  readonly unsaid: readonly Unsaid[];
}

function ImportForm() {
  const words = useQuestionnairesText();
  const text = useText();
  const seat = useSeat();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  const take = async (file: File): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      setTaken(await upload(importXlsForm, { edition: seat.edition, unitCode: seat.unitCode, name: file.name }, file, () => undefined));
      void queryClient.invalidateQueries();
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack-tight">
      <FileField label={words.importForm} hint={words.importHint} accept=".xlsx" busy={busy} onFile={(file) => void take(file)} />
      <FailureNotice failure={failure} kept="nothing" />
      {taken === null ? null : (
        <div role="status">
          <Notice tone={taken.unsaid.length === 0 ? 'ok' : 'warn'}>
            <p><strong>{words.imported}</strong>　{taken.unsaid.length === 0 ? words.unsaidAll : words.unsaid(text.format.number(taken.unsaid.length))}</p>
            <ul className="unsaid-list">
              {taken.unsaid.map(({ sheet, row, column, reason, text: what }, index) => <li key={String(index)}>{words.unsaidRow(sheet, String(row), column ?? '', words.unsaidReasons[reason] ?? reason, what)}</li>)}
            </ul>
            <div><LinkButton icon="arrow_right" to={`${seat.base}/questionnaires/${taken.id}`}>{words.open}</LinkButton></div>
          </Notice>
        </div>
      )}
    </div>
  );
}

function Bin({ binned, mayBuild }: { readonly binned: readonly QuestionnaireSummary[]; readonly mayBuild: boolean }) {
  const words = useQuestionnairesText();
  const text = useText();
  const restore = useCommand(restoreQuestionnaire);
  return (
    <details className="panel">
      <summary>{words.bin}（{text.format.number(binned.length)}）</summary>
      <FailureNotice failure={restore.failure} kept="nothing" />
      <ul className="questionnaire-list">
        {binned.map((one) => (
          <li key={one.id} className="row-apart">
            <span>{one.title === '' ? words.untitled : one.title}</span>
            {mayBuild ? <Button icon="undo" onClick={() => void restore.run({ id: one.id })}>{words.restore}</Button> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}
