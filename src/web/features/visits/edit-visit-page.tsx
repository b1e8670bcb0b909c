// A recorded visit corrected at a desk: the ledger follows. Pictures go up at once, as those of an entry do.
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { listEvidence } from '../../../modules/evidence/contract.ts';
import { editVisit, getVisit } from '../../../modules/visits/contract.ts';
import type { Visit } from '../../../modules/visits/model.ts';
import { call } from '../../app/client.ts';
import { issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { queryClient, useCommand, useRead } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { type UnitEdition, useEdition, useSeat } from '../../app/session.tsx';
import { useText } from '../../language/text.tsx';
import { useVisitsText } from '../../language/visits.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { ErrorSummary, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { EvidenceField } from '../activities/evidence-field.tsx';
import type { KeptFile } from '../activities/entry-form-state.ts';
import { useUploads } from '../activities/entry-form-uploads.ts';
import { VisitFields } from './visit-fields.tsx';
import { visitErrors, visitSummary } from './visit-form-errors.ts';
import { fieldOfIssue, formOfVisit, readVisitForm, type VisitForm, visitFieldId } from './visit-form-state.ts';

type Content = NonNullable<Visit['content']>;

export function EditVisitPage() {
  const words = useVisitsText();
  const seat = useSeat();
  const { id = '' } = useParams();
  const edition = useEdition(seat.unitCode);
  const read = useRead(getVisit, { id });
  const entry = read.data?.entries.find(({ part, deleted }) => part === 'visit' && !deleted);
  const evidence = useRead(listEvidence, { id: entry?.id ?? '' }, { when: entry !== undefined });
  return (
    <Shown read={edition}>
      {(year) => (
        <Shown read={read}>
          {({ visit }) => {
            if (visit.content === null || !visit.may.includes('edit')) return <><PageTitle title={words.form.editTitle} /><Notice tone="warn"><p>{words.form.planGone}</p></Notice></>;
            const { content } = visit;
            return <Shown read={evidence}>{({ evidence: files }) => <Editing key={visit.id} edition={year} visit={visit} content={content} files={files} />}</Shown>;
          }}
        </Shown>
      )}
    </Shown>
  );
}

function Editing({ edition, visit: opened, content, files }: { readonly edition: UnitEdition; readonly visit: Visit; readonly content: Content; readonly files: readonly KeptFile[] }) {
  const text = useText();
  const words = useVisitsText();
  const seat = useSeat();
  const navigate = useNavigate();
  const year = edition.definition;
  // As it was when it was opened: what somebody else changes meanwhile is refused by its version.
  const [visit] = useState(opened);
  const [before] = useState(content);
  const [form, setForm] = useState<VisitForm>(() => formOfVisit(year, content));
  const [kept, setKept] = useState(files);
  const uploads = useUploads({ edition: seat.edition, unitCode: seat.unitCode }, (file) => setKept((all) => [...all, file]));
  const edit = useCommand(editVisit);
  const [shownAt, setShownAt] = useState(0);
  const [pressed, setPressed] = useState(false);
  const reading = readVisitForm(year, form, today());
  const pending = uploads.list.length > 0 ? [{ path: 'evidence', rule: 'upload_pending' }] : [];
  const own = pressed && !reading.ok ? reading.issues : [];
  const errors = visitErrors([...own, ...issuesOf(edit.failure).map((issue) => ({ ...issue, path: fieldOfIssue(issue.path) }))], text, words);
  const save = async (): Promise<void> => {
    setPressed(true);
    if (!reading.ok || pending.length > 0) {
      setShownAt(shownAt + 1);
      return;
    }
    const saved = await edit.run({ id: visit.id, version: visit.version, content: { ...reading.content, evidence: kept.map(({ id }) => id) } });
    if (saved === null) {
      setShownAt(shownAt + 1);
      return;
    }
    tell({ text: words.form.corrected, undo: () => undo(saved, before) });
    void navigate(`${seat.base}/visits/${visit.id}`);
  };
  const failure = edit.failure?.code === 'invalid_input' ? null : edit.failure;
  return (
    <>
      <PageTitle title={words.form.editTitle} errors={errors.size} />
      <Form className="stack visit-form" onSubmit={save}>
        <ErrorSummary lines={visitSummary(errors, text, words, year)} shownAt={shownAt} />
        <FailureNotice failure={failure} kept="typed" />
        <VisitFields
          edition={edition} form={form} onForm={(change) => setForm({ ...form, ...change })} errors={errors} usedNumbers={Math.max(0, ...before.suggestions.map(({ number }) => number))}
          pictures={<EvidenceField id={visitFieldId('evidence')} kept={kept} uploads={uploads} onRemove={(id) => setKept(kept.filter((file) => file.id !== id))} error={pressed && pending.length > 0 ? words.form.uploading : (errors.get('evidence') ?? null)} />}
        />
        <div className="visit-actions"><Button type="submit" kind="primary" icon="check" busy={edit.busy}>{words.form.save}</Button><LinkButton kind="quiet" to={`${seat.base}/visits/${visit.id}`}>{text.kit.cancel}</LinkButton></div>
      </Form>
    </>
  );
}

async function undo({ id, version }: Visit, content: Content): Promise<boolean> {
  const done = await call(editVisit, { id, version, content }).then(() => true, () => false);
  void queryClient.invalidateQueries();
  return done;
}
