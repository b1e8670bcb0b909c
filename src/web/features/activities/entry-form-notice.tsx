// A notice pasted into the title: what it seems to say is proposed under the field, to be taken over or not. Nothing is filled in unasked.
import { type ClipboardEvent, useState } from 'react';
import type { EditionDefinition, EntryKind } from '../../../modules/editions/model.ts';
import { wordsOf } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import type { FormModel } from './entry-form-model.ts';
import { labelOf, type Speech } from './entry-form-words.ts';
import { isEmptyReading, isNotice, type NoticeReading, readNotice } from './pasted-notice.ts';

export interface PastedNotice {
  readonly text: string | null;
  readonly onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
  readonly forget: () => void;
}

export function usePastedNotice(): PastedNotice {
  const [text, setText] = useState<string | null>(null);
  return {
    text,
    onPaste: (event) => {
      const pasted = event.clipboardData.getData('text/plain');
      if (!isNotice(pasted)) return;
      event.preventDefault();
      setText(pasted);
    },
    forget: () => setText(null),
  };
}

export interface NoticeProposalProps {
  readonly notice: PastedNotice;
  readonly definition: EditionDefinition;
  readonly kind: EntryKind;
  readonly speech: Speech;
  readonly model: FormModel;
}

export function NoticeProposal({ notice, definition, kind, speech, model }: NoticeProposalProps) {
  const { text, words } = speech;
  if (notice.text === null) return null;
  const reading = readNotice(notice.text, kind, definition);
  if (isEmptyReading(reading)) {
    return (
      <div role="status">
        <Notice><p>{words.notice.none}</p><div><Button onClick={notice.forget}>{words.notice.leave}</Button></div></Notice>
      </div>
    );
  }
  const other = definition.kinds.find(({ code }) => code === reading.otherKind);
  const take = (): void => {
    model.change('title', (before) => ({
      ...before, title: reading.title ?? before.title, occurredOn: reading.occurredOn ?? before.occurredOn, place: reading.place ?? before.place, values: { ...before.values, ...reading.values },
    }));
    notice.forget();
    tell({ text: words.notice.taken });
  };
  return (
    <div role="status">
      <Notice tone="action">
        <p><strong>{words.notice.title}</strong></p>
        <ul className="small">{linesOf(reading, text.format.date).map(({ field, value }) => <li key={field}>{words.labelled(labelOf(field, speech), value)}</li>)}</ul>
        {reading.enterprises === null ? null : <p className="small">{words.notice.enterprises(text.format.number(reading.enterprises))}</p>}
        {other === undefined ? null : <p className="small">{words.notice.otherKind(wordsOf(text, other.name))}</p>}
        <div className="row-tight"><Button kind="primary" onClick={take}>{words.notice.take}</Button><Button onClick={notice.forget}>{words.notice.leave}</Button></div>
      </Notice>
    </div>
  );
}

function linesOf({ title, occurredOn, place, values }: NoticeReading, dateWords: (date: string) => string): { readonly field: string; readonly value: string }[] {
  const plain = [{ field: 'title', value: title }, { field: 'occurredOn', value: occurredOn === null ? null : dateWords(occurredOn) }, { field: 'place', value: place }];
  return [...plain.flatMap(({ field, value }) => (value === null ? [] : [{ field, value }])), ...Object.entries(values).map(([code, value]) => ({ field: `values.${code}`, value }))];
}
