// A report being written: its fields, its text, what is still to be filled, which numbers changed, and its earlier states.
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { redraftReport, removeReport, restoreReport } from '../../../modules/reports/contract.ts';
import type { ReportDocument, ReportPicture, ReportView } from '../../../modules/reports/model.ts';
import { blanksOf, figureText } from '../../../modules/reports/rules.ts';
import { useCommand } from '../../app/queries.ts';
import { type UnitEdition, useMe } from '../../app/session.tsx';
import { useReportsText } from '../../language/reports.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { SaveState } from '../../ui/save-state.tsx';
import { tell } from '../../ui/toasts.tsx';
import { browserStorage } from '../activities/draft.ts';
import { ExportButtons } from './export-buttons.tsx';
import { BasisNotice, useShown } from './open-report.tsx';
import { beforeText, nameOf, ReportContext, useReportShown } from './report-context.ts';
import { type EditorHandle, ReportEditor } from './report-editor.tsx';
import { ReportHistory } from './report-history.tsx';
import { ReportSheet } from './report-sheet.tsx';
import { keptKey, readKept, type Saving, useSaving } from './saving.ts';

interface WrittenProps {
  /** As it was when it was opened: what the editor began with. */
  readonly opened: ReportView;
  /** As the server says now. */
  readonly report: ReportView;
  readonly edition: UnitEdition;
  readonly reopen: () => Promise<void>;
}

export function WrittenReport({ opened, report, edition, reopen }: WrittenProps) {
  const words = useReportsText();
  const { account } = useMe();
  const [kept] = useState(() => readKept(browserStorage(), keptKey(account.id, opened.id), opened.version));
  const [document, setDocument] = useState<ReportDocument>(kept ?? opened.document);
  const [more, setMore] = useState<readonly ReportPicture[]>([]);
  const editor = useRef<EditorHandle>(null);
  const saving = useSaving(opened.id, account.id, { version: opened.version, dirty: kept !== null }, document);
  const shown = useShown({ report, edition }, document, more);
  const blanks = blanksOf(document, report.figures);
  const change = (part: Partial<ReportDocument>): void => setDocument((before) => ({ ...before, ...part }));
  return (
    <ReportContext value={shown}>
      <div className="report-columns no-print">
        <div className="stack">
          <BasisNotice report={report} />
          {kept === null ? null : <Notice>{words.kept}</Notice>}
          <Conflict saving={saving} report={report} reopen={reopen} />
          <Changed report={report} onNoted={() => void saving.flush(true)} />
          <Fields document={document} onChange={change} />
          <section className="stack-tight" aria-label={words.text}>
            <p className="hint">{words.editorHint}</p>
            <ReportEditor
              ref={editor}
              initial={document.blocks}
              edition={report.edition}
              unitCode={report.unitCode}
              onBlocks={(blocks) => change({ blocks })}
              onPicture={(picture) => setMore((before) => [...before, picture])}
            />
          </section>
          <Closing document={document} onChange={change} />
        </div>
        <aside className="report-side stack">
          <div className="row-apart"><SaveState state={saving.state} /><Button busy={saving.command.busy} onClick={() => void saving.flush()}>{words.saveNow}</Button></div>
          <ExportButtons id={report.id} blanks={blanks.length} ready={() => saving.flush()} />
          <Blanks blanks={blanks} onGo={(block, what) => editor.current?.goTo(block, what)} />
          <ReportHistory report={report} version={saving.version} onRestored={reopen} />
          <Beside report={report} saving={saving} reopen={reopen} />
        </aside>
      </div>
      <div className="print-only"><ReportSheet document={document} /></div>
    </ReportContext>
  );
}

/** Somebody else saved meanwhile, or saving did not go through. */
function Conflict({ saving, report, reopen }: { readonly saving: Saving; readonly report: ReportView; readonly reopen: () => Promise<void> }) {
  const words = useReportsText();
  const { account } = useMe();
  if (saving.command.failure?.code !== 'stale_version') return <FailureNotice failure={saving.command.failure} kept="typed" onAgain={() => void saving.flush()} />;
  const newest = Number(saving.command.failure.details['version']);
  return (
    <div role="alert">
      <Notice tone="error">
        <p><strong>{words.conflict.title}</strong></p>
        <p>{words.conflict.text}</p>
        <div className="row-tight">
          <Button
            onClick={() => {
              browserStorage()?.removeItem(keptKey(account.id, report.id));
              void reopen();
            }}
          >
            {words.conflict.theirs}
          </Button>
          <Button onClick={() => void saving.saveOver(newest)}>{words.conflict.mine}</Button>
        </div>
      </Notice>
    </div>
  );
}

function Changed({ report, onNoted }: { readonly report: ReportView; readonly onNoted: () => void }) {
  const words = useReportsText();
  const text = useText();
  const shown = useReportShown();
  if (report.changes.length === 0) return null;
  return (
    <Notice tone="action">
      <p><strong>{words.changedNumbers(report.changes.length)}</strong></p>
      <ul className="report-changes">
        {report.changes.map(({ key, figure }) => {
          const exact = figure.form === 'times' ? figure : { ...figure, form: 'exact' as const };
          const name = `${nameOf(shown.indicators, figure.indicator, text.code)}（${words.scopes[figure.scope]}）`;
          return <li key={key}>{words.changedNumber(name, beforeText(shown, exact) ?? '', figureText(shown.figures, exact))}</li>;
        })}
      </ul>
      <div><Button icon="check" onClick={onNoted}>{words.noteChanges}</Button></div>
    </Notice>
  );
}

interface PartProps {
  readonly document: ReportDocument;
  readonly onChange: (part: Partial<ReportDocument>) => void;
}

function Fields({ document, onChange }: PartProps) {
  const words = useReportsText();
  return (
    <div className="panel stack">
      <TextField label={words.fields.title} value={document.title} maxLength={120} onValue={(title) => onChange({ title })} />
      <TextField label={words.fields.addressee} hint={words.fields.addresseeHint} value={document.addressee} maxLength={200} onValue={(addressee) => onChange({ addressee })} />
    </div>
  );
}

function Closing({ document, onChange }: PartProps) {
  const words = useReportsText();
  const [attachments, setAttachments] = useState(document.attachments.join('\n'));
  return (
    <div className="panel stack">
      <TextArea
        label={words.fields.attachments}
        hint={words.fields.attachmentsHint}
        value={attachments}
        onValue={(value) => {
          setAttachments(value);
          onChange({ attachments: value.split('\n').map((line) => line.trim().slice(0, 120)).filter((line) => line !== '').slice(0, 20) });
        }}
      />
      <TextField label={words.fields.signature} value={document.signature} maxLength={80} onValue={(signature) => onChange({ signature })} />
      <TextField type="date" label={words.fields.date} value={document.date ?? ''} onValue={(date) => onChange({ date: /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : null })} />
    </div>
  );
}

function Blanks({ blanks, onGo }: { readonly blanks: ReturnType<typeof blanksOf>; readonly onGo: (block: number, what: string) => void }) {
  const words = useReportsText();
  return (
    <section className="stack-tight" aria-labelledby="report-blanks">
      <h2 id="report-blanks">{blanks.length === 0 ? words.fill.none : words.fill.title(blanks.length)}</h2>
      {blanks.length === 0 ? null : (
        <ol className="report-blanks">
          {blanks.map(({ block, kind, what }, index) => {
            const name = kind === 'text' ? what : words.fill.kinds[kind];
            return <li key={`${String(index)} ${what}`}>{block === null ? name : <button type="button" className="report-go" onClick={() => onGo(block, what)}>{name}</button>}</li>;
          })}
        </ol>
      )}
    </section>
  );
}

/** Drafting anew and removing: both can be taken back for ten seconds, and from the history ever after. */
function Beside({ report, saving, reopen }: { readonly report: ReportView; readonly saving: Saving; readonly reopen: () => Promise<void> }) {
  const words = useReportsText();
  const [, setParameters] = useSearchParams();
  const redraft = useCommand(redraftReport);
  const remove = useCommand(removeReport);
  const restore = useCommand(restoreReport);
  const subject = (parameters: URLSearchParams): URLSearchParams => {
    const next = new URLSearchParams(parameters);
    next.delete('id');
    return next;
  };
  const draftAnew = async (): Promise<void> => {
    if (!(await saving.flush())) return;
    const before = saving.versionNow();
    const made = await redraft.run({ id: report.id, version: before });
    if (made === null) return;
    await reopen();
    tell({
      text: words.redrafted,
      undo: async () => {
        const back = await restore.run({ id: report.id, version: made.version, toVersion: before });
        if (back !== null) await reopen();
        return back !== null;
      },
    });
  };
  const takeAway = async (): Promise<void> => {
    if (!(await saving.flush())) return;
    const before = saving.versionNow();
    if ((await remove.run({ id: report.id, version: before })) === null) return;
    setParameters(subject);
    tell({ text: words.removed, undo: async () => (await restore.run({ id: report.id, version: before + 1, toVersion: before })) !== null });
  };
  return (
    <section className="stack-tight" aria-label={words.more}>
      <FailureNotice failure={redraft.failure ?? remove.failure ?? restore.failure} kept="nothing" />
      <div className="row-tight">
        <Button kind="quiet" icon="refresh" busy={redraft.busy} onClick={() => void draftAnew()}>{words.redraft}</Button>
        <Button kind="quiet" icon="trash" busy={remove.busy} onClick={() => void takeAway()}>{words.remove}</Button>
      </div>
    </section>
  );
}
