// Every version of an entry: who changed what, when and why. An earlier one can be made the present one again.
import { useState } from 'react';
import type { Activity, ActivityVersion } from '../../../modules/activities/model.ts';
import { changedFieldsOf } from '../../../modules/activities/rules.ts';
import type { EditionDefinition } from '../../../modules/editions/model.ts';
import { useActivitiesText } from '../../language/activities.ts';
import { useEntryText } from '../../language/entry.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/notice.tsx';
import { labelOf, shownValue } from './entry-form-words.ts';

const versionsAtOnce = 5;

export interface EntryHistoryProps {
  readonly activity: Activity;
  /** Newest first. */
  readonly versions: readonly ActivityVersion[];
  readonly definition: EditionDefinition;
  readonly busy: boolean;
  readonly onRestore: (version: number) => void;
}

export function EntryHistory({ activity, versions, definition, busy, onRestore }: EntryHistoryProps) {
  const text = useText();
  const words = useActivitiesText().entry;
  const [all, setAll] = useState(false);
  const shown = all ? versions : versions.slice(0, versionsAtOnce);
  const restorable = activity.may.includes('restore') && activity.deletedAt === null;
  return (
    <details open className="stack-tight entry-details">
      <summary>{words.history}</summary>
      <ol className="entry-history">
        {shown.map((version, index) => {
          const present = version.version === activity.version;
          const before = versions[index + 1];
          const offered = restorable && !present && changedFieldsOf(version.content, activity.content).length > 0;
          return (
            <li key={version.version} className="stack-tight">
              <p className="row-tight">
                <strong>{words.versionLine(text.format.number(version.version), words.changes[version.change])}</strong>
                {present ? <Badge tone="action">{words.present}</Badge> : null}
              </p>
              <p className="hint">{version.accountName} · {text.format.shortInstant(version.at)}</p>
              {before === undefined ? null : <Changes before={before} after={version} definition={definition} />}
              {version.reason === null ? null : <p className="small">{words.reason(version.reason)}</p>}
              {offered ? <div><Button icon="undo" busy={busy} onClick={() => onRestore(version.version)}>{words.restore(text.format.number(version.version))}</Button></div> : null}
            </li>
          );
        })}
      </ol>
      {shown.length === versions.length ? null : <div><Button icon="arrow_down" onClick={() => setAll(true)}>{words.showHistory(text.format.number(versions.length - shown.length))}</Button></div>}
    </details>
  );
}

function Changes({ before, after, definition }: { readonly before: ActivityVersion; readonly after: ActivityVersion; readonly definition: EditionDefinition }) {
  const text = useText();
  const words = useActivitiesText().entry;
  const entryWords = useEntryText();
  const kindOf = (code: string) => definition.kinds.find((kind) => kind.code === code);
  const was = kindOf(before.content.kind);
  const is = kindOf(after.content.kind);
  const fields = changedFieldsOf(before.content, after.content);
  if (was === undefined || is === undefined) return null;
  if (fields.length === 0) return after.change === 'edited' ? <p className="small">{words.unchanged}</p> : null;
  return (
    <ul className="small entry-changes">
      {fields.map((field) => {
        const kind = field.startsWith('values.') && !is.fields.some(({ code }) => `values.${code}` === field) ? was : is;
        const value = (version: ActivityVersion, ofKind: typeof is): string => shownValue(field, version.content, { text, words: entryWords, kind: ofKind });
        return <li key={field}>{words.changed(labelOf(field, { text, words: entryWords, kind }), value(before, was), value(after, is))}</li>;
      })}
    </ul>
  );
}
