// One questionnaire: built by those who may while it is no longer ended, read by all others of the unit. Its versions, its copy, its file.
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import {
  createQuestionnaire, exportXlsForm, getQuestionnaire, listQuestionnaireVersions, openQuestionnaireAgain, removeQuestionnaire, restoreQuestionnaire,
} from '../../../modules/questionnaires/contract/building.ts';
import type { QuestionnaireView } from '../../../modules/questionnaires/model/building.ts';
import { addressOf } from '../../app/client.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { SurveyNav } from '../survey-answers/parts.tsx';
import { Builder } from './builder.tsx';
import { Preview } from './preview.tsx';
import { stateBadge } from './state-badge.tsx';
import './questionnaires.css';

export function QuestionnairePage() {
  const { id = '' } = useParams();
  const read = useRead(getQuestionnaire, { id });
  const [opened, setOpened] = useState<{ readonly number: number; readonly view: QuestionnaireView | null }>({ number: 0, view: null });
  return (
    <Shown read={read}>
      {(view) => <One key={`${id} ${String(opened.number)}`} view={view} opened={opened.view ?? view} reopen={async () => setOpened({ number: opened.number + 1, view: (await read.refetch()).data ?? null })} />}
    </Shown>
  );
}

function One({ view, opened, reopen }: { readonly view: QuestionnaireView; readonly opened: QuestionnaireView; readonly reopen: () => Promise<void> }) {
  const words = useQuestionnairesText();
  const seat = useSeat();
  // What is typed goes on from what was opened: what the server says since is only what was saved here.
  const [begun] = useState(opened);
  return (
    <div className="questionnaire-page">
      <PageTitle title={view.title === '' ? words.untitled : view.title} aside={<LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/questionnaires`}>{words.all}</LinkButton>} />
      <SurveyNav here="build" />
      <div className="row">{stateBadge(view, words)}<Acts view={view} /></div>
      {view.may.includes('save') ? <Builder opened={view} begun={begun} reopen={reopen} /> : (
        <div className="builder-read stack">
          <Notice>{view.state === 'closed' ? words.endedReadOnly : words.readOnly}</Notice>
          <Preview definition={view.definition} />
        </div>
      )}
      <Versions id={view.id} />
    </div>
  );
}

function Acts({ view }: { readonly view: QuestionnaireView }) {
  const words = useQuestionnairesText();
  const seat = useSeat();
  const navigate = useNavigate();
  const copy = useCommand(createQuestionnaire);
  const again = useCommand(openQuestionnaireAgain);
  const remove = useCommand(removeQuestionnaire);
  const restore = useCommand(restoreQuestionnaire);
  const { id, version } = view;
  const bin = async (): Promise<void> => {
    if ((await remove.run({ id, version })) === null) return;
    tell({ text: words.binned, undo: async () => (await restore.run({ id })) !== null });
    void navigate(`${seat.base}/questionnaires`);
  };
  return (
    <>
      <Button kind="quiet" icon="copy" busy={copy.busy} onClick={() => void copy.run({ edition: view.edition, unitCode: view.unitCode, from: { is: 'copy', id } }).then((made) => (made === null ? undefined : navigate(`${seat.base}/questionnaires/${made.id}`)))}>{words.copy}</Button>
      <a className="button button-quiet" href={addressOf(exportXlsForm, { id })} download>{words.exportForm}</a>
      {view.may.includes('open_again') ? <Button icon="refresh" busy={again.busy} onClick={() => void again.run({ id, version }).then((made) => (made === null ? undefined : tell({ text: words.openedAgain })))}>{words.openAgain}</Button> : null}
      {view.may.includes('remove') ? <Button kind="quiet" icon="trash" busy={remove.busy} onClick={() => void bin()}>{words.remove}</Button> : null}
      {view.may.includes('restore') ? <Button icon="undo" busy={restore.busy} onClick={() => void restore.run({ id })}>{words.restore}</Button> : null}
      <FailureNotice failure={copy.failure ?? again.failure ?? remove.failure ?? restore.failure} kept="nothing" />
    </>
  );
}

function Versions({ id }: { readonly id: string }) {
  const words = useQuestionnairesText();
  const text = useText();
  const read = useRead(listQuestionnaireVersions, { id });
  return (
    <section className="stack-tight panel">
      <h2>{words.versions}</h2>
      <Shown read={read}>
        {({ versions }) => (versions.length === 0 ? <p className="hint">{words.noVersions}</p> : (
          <ul className="version-list">
            {versions.map(({ number, publishedAt, publishedByName }) => (
              <li key={number} className="row-apart">
                <span>{words.versionLine(text.format.number(number), publishedByName, text.format.shortInstant(publishedAt))}</span>
                <a className="button button-quiet" href={addressOf(exportXlsForm, { id, number })} download>{words.exportForm}</a>
              </li>
            ))}
          </ul>
        ))}
      </Shown>
    </section>
  );
}
