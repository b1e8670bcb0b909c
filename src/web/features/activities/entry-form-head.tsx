// What stands above the fields: what became of the typed text, and whether a draft has come back.
import { useEntryText } from '../../language/entry.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SaveState } from '../../ui/save-state.tsx';
import { tell } from '../../ui/toasts.tsx';
import type { Opened } from './entry-form-opening.ts';
import type { EntryForm } from './entry-form-state.ts';

export function StateOfDraft({ opened, stale, editing }: { readonly opened: Opened; readonly stale: boolean; readonly editing: boolean }) {
  if (stale) return <SaveState state="conflict" />;
  const { state } = opened.draft;
  if (state === 'failed') return null;
  if (state === 'empty') return <SaveState state={editing ? 'saved' : 'empty'} />;
  return <SaveState state={state === 'kept' && !navigator.onLine ? 'offline' : state} />;
}

/** `fresh` is what the form begins with when the draft is discarded. */
export function DraftNotices({ opened, fresh }: { readonly opened: Opened; readonly fresh: () => EntryForm }) {
  const text = useText();
  const words = useEntryText();
  const discard = (): void => {
    const { form, start, restoredAt } = opened;
    opened.discard(fresh());
    tell({
      text: words.draftDiscarded,
      undo: () => {
        opened.put(form, { start, restoredAt });
        return Promise.resolve(true);
      },
    });
  };
  return (
    <>
      {opened.restoredAt === null ? null : (
        <Notice tone="action">
          <p>{words.draftRestored(text.format.shortInstant(new Date(opened.restoredAt).toISOString()))}</p>
          <div><Button icon="trash" onClick={discard}>{words.draftDiscard}</Button></div>
        </Notice>
      )}
      {opened.draft.state === 'failed' ? <Notice tone="warn"><p>{words.draftNotKept}</p></Notice> : null}
    </>
  );
}
