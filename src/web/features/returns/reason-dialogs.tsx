// Reasons before a table goes back: per cell or for the whole table, with phrases; one reason for corrections and their answer.
import { useEffect, useId, useState } from 'react';
import type { ReturnActName } from '../../../modules/returns/model.ts';
import { type ReturnsText, useReturnsText } from '../../language/returns.ts';
import { type Text, useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextArea } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import type { ActDialogProps } from './return-parts.ts';
import { cellReasonLimits, firstDrafts, type ReasonDraft, type ReasonLimits, reasonLimits, reasonProblem, reasonsOf, withNextDraft, withPhrase } from './reasons.ts';
import { actName } from './use-act.ts';

function sentenceOf(typed: string, limits: ReasonLimits, words: ReturnsText, text: Text): string | null {
  switch (reasonProblem(typed, limits)) {
    case null:
      return null;
    case 'missing':
      return words.reason.missing;
    case 'too_short':
      return text.problems.issue('text_too_short', { minimum: limits.shortest });
    case 'too_long':
      return text.problems.issue('text_too_long', { maximum: limits.longest });
  }
}

/** Phrases as buttons under their field: one press writes them. */
function Phrases({ phrases, onPick }: { readonly phrases: readonly string[]; readonly onPick: (phrase: string) => void }) {
  const words = useReturnsText().reason;
  return (
    <div role="group" aria-label={words.templatesLabel} className="return-phrases">
      {phrases.map((phrase) => <button key={phrase} type="button" className="return-phrase" onClick={() => onPick(phrase)}>{phrase}</button>)}
    </div>
  );
}

/** The dialog opens at its first button; whoever asked for it wants to write. */
function useFirstField(id: string): void {
  useEffect(() => document.getElementById(id)?.focus(), [id]);
}

type BackAct = Extract<ReturnActName, 'return_for_correction' | 'return_by_upper'>;

export function ReasonsDialog({ act, marked, cells, taking, onClose }: ActDialogProps & { readonly act: BackAct; readonly marked: readonly string[] }) {
  const text = useText();
  const words = useReturnsText();
  const form = useId();
  useFirstField(`${form}-0`);
  const [drafts, setDrafts] = useState<readonly ReasonDraft[]>(() => firstDrafts(marked));
  const [pressed, setPressed] = useState(false);
  const change = (key: number, changed: Partial<ReasonDraft>): void => setDrafts(drafts.map((draft) => (draft.key === key ? { ...draft, ...changed } : draft)));
  const submit = async (): Promise<void> => {
    setPressed(true);
    const wrong = drafts.find((draft) => reasonProblem(draft.text, cellReasonLimits) !== null);
    if (wrong !== undefined) document.getElementById(`${form}-${wrong.key}`)?.focus();
    else if ((await taking.take({ act, reasons: reasonsOf(drafts) })) !== null) onClose();
  };
  const options = [{ value: '', label: words.reason.whole }, ...cells.codes.map((code) => ({ value: code, label: cells.nameOf(code) }))];
  const named = (indicator: string): string => (indicator === '' ? words.reason.whole : cells.nameOf(indicator));
  return (
    <Dialog title={words.acts[act]} onClose={onClose} actions={<><Button type="submit" form={form} kind="danger" icon="undo" busy={taking.busy}>{words.reason.confirm}</Button><Button kind="quiet" onClick={onClose}>{text.kit.cancel}</Button></>}>
      <Form id={form} className="stack" onSubmit={submit}>
        {drafts.map((draft, index) => (
          <fieldset key={draft.key} className="return-reason stack-tight">
            <legend className="visually-hidden">{named(draft.indicator)}</legend>
            <SelectField label={words.reason.row} value={draft.indicator} options={options} onValue={(indicator) => change(draft.key, { indicator })} />
            <TextArea
              id={`${form}-${draft.key}`}
              label={words.reason.text}
              hint={words.reason.textHint}
              error={pressed ? sentenceOf(draft.text, cellReasonLimits, words, text) : null}
              rows={2}
              autoFocus={index > 0 && index === drafts.length - 1}
              value={draft.text}
              onValue={(value) => change(draft.key, { text: value })}
            />
            <Phrases phrases={words.reason.templates} onPick={(phrase) => change(draft.key, { text: withPhrase(draft.text, phrase) })} />
            {drafts.length === 1 ? null : <div><Button kind="quiet" icon="minus" onClick={() => setDrafts(drafts.filter(({ key }) => key !== draft.key))}>{words.reason.removeRow(named(draft.indicator))}</Button></div>}
          </fieldset>
        ))}
        {drafts.length >= 30 ? null : <div><Button icon="add" onClick={() => setDrafts(withNextDraft(drafts, cells.codes))}>{words.reason.addRow}</Button></div>}
        <FailureNotice failure={taking.failure} kept="typed" />
      </Form>
    </Dialog>
  );
}

type ReasonedAct = Extract<ReturnActName, 'request_correction' | 'decline_correction' | 'reopen'>;

export function ReasonDialog({ act, view, taking, onClose }: ActDialogProps & { readonly act: ReasonedAct }) {
  const text = useText();
  const words = useReturnsText();
  const form = useId();
  useFirstField(`${form}-reason`);
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const phrases = { request_correction: words.reason.correctionTemplates, decline_correction: words.reason.declineTemplates, reopen: words.reason.reopenTemplates }[act];
  const submit = async (): Promise<void> => {
    setPressed(true);
    if (reasonProblem(reason, reasonLimits) !== null) document.getElementById(`${form}-reason`)?.focus();
    else if ((await taking.take({ act, reason: reason.trim() })) !== null) onClose();
  };
  return (
    <Dialog title={actName(words, act, view.state)} onClose={onClose} actions={<><Button type="submit" form={form} kind="primary" busy={taking.busy}>{actName(words, act, view.state)}</Button><Button kind="quiet" onClick={onClose}>{text.kit.cancel}</Button></>}>
      <Form id={form} className="stack" onSubmit={submit}>
        <TextArea
          id={`${form}-reason`}
          label={words.reason.reasonLabel}
          hint={act === 'request_correction' ? words.reason.correctionHint : words.reason.hint}
          error={pressed ? sentenceOf(reason, reasonLimits, words, text) : null}
          value={reason}
          onValue={setReason}
        />
        <Phrases phrases={phrases} onPick={(phrase) => setReason(withPhrase(reason, phrase))} />
        <FailureNotice failure={taking.failure} kept="typed" />
      </Form>
    </Dialog>
  );
}
