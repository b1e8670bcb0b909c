// The editor of a report's text. Enter while a Chinese input method composes is the input method's, never ours: the editor itself
// keeps its hands off until the composition ends.
import type { Editor } from '@tiptap/core';
import { EditorContent, useEditor } from '@tiptap/react';
import { type Ref, useImperativeHandle, useState } from 'react';
import type { Block, ReportPicture } from '../../../modules/reports/model.ts';
import { toFill } from '../../../modules/reports/rules.ts';
import { useReportsText } from '../../language/reports.ts';
import { attributeText, type EditorNode, fromEditor, toEditor } from './conversion.ts';
import { AnnexDialog, FigureDialog, OwnTableDialog, PictureDialog, UnitsDialog } from './dialogs.tsx';
import { reportExtensions } from './extensions.ts';
import { drawnNodes } from './node-views.tsx';
import { useReportShown } from './report-context.ts';
import { changeSelected, type Inserted, ReportToolbar, SelectedPanel, selectedNode } from './report-toolbar.tsx';

export interface EditorHandle {
  /** Shows a block with the place that is still to be filled selected, so that typing takes its place. */
  readonly goTo: (block: number, what: string) => void;
}

interface EditorProps {
  readonly initial: readonly Block[];
  readonly edition: string;
  readonly unitCode: string;
  readonly onBlocks: (blocks: Block[]) => void;
  readonly onPicture: (picture: ReportPicture) => void;
  readonly ref?: Ref<EditorHandle>;
}

export function ReportEditor({ initial, edition, unitCode, onBlocks, onPicture, ref }: EditorProps) {
  const words = useReportsText();
  const [asking, setAsking] = useState<{ readonly what: Inserted; readonly changing: boolean } | null>(null);
  const editor = useEditor({
    extensions: reportExtensions(drawnNodes),
    content: toEditor(initial) as object,
    injectCSS: false,
    shouldRerenderOnTransaction: false,
    editorProps: { attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': words.text, class: 'report-paper report-typed', lang: 'zh-CN', spellcheck: 'false' } },
    onUpdate: ({ editor: current }) => onBlocks(fromEditor(current.getJSON() as EditorNode)),
  });
  useImperativeHandle(ref, () => ({ goTo: (block, what) => goTo(editor, block, what) }), [editor]);
  const close = (): void => setAsking(null);
  return (
    <div className="report-editor">
      <ReportToolbar editor={editor} onInsert={(what) => setAsking({ what, changing: false })} />
      <SelectedPanel editor={editor} onChange={(what) => setAsking({ what, changing: true })} />
      <EditorContent editor={editor} />
      {asking === null ? null : <Asked key={asking.what} asking={asking} editor={editor} place={{ edition, unitCode }} onClose={close} onPicture={onPicture} />}
    </div>
  );
}

function goTo(editor: Editor, block: number, what: string): void {
  let place = { from: 0, to: 0 };
  editor.state.doc.forEach((node, offset, index) => {
    if (index !== block) return;
    place = { from: offset + 1, to: offset + 1 };
    node.descendants((child, position) => {
      const at = (child.text ?? '').indexOf(toFill(what));
      if (at >= 0) place = { from: offset + 1 + position + at, to: offset + 1 + position + at + toFill(what).length };
    });
  });
  editor.chain().focus().setTextSelection(place).scrollIntoView().run();
}

interface AskedProps {
  readonly asking: { readonly what: Inserted; readonly changing: boolean };
  readonly editor: Editor;
  readonly place: { readonly edition: string; readonly unitCode: string };
  readonly onClose: () => void;
  readonly onPicture: (picture: ReportPicture) => void;
}

/** The dialog of what is being put in or changed. */
function Asked({ asking: { what, changing }, editor, place, onClose, onPicture }: AskedProps) {
  const { indicators } = useReportShown();
  const attrs = changing ? (selectedNode(editor)?.attrs ?? {}) : {};
  const caption = attributeText(attrs['caption']);
  const put = (next: { readonly [name: string]: unknown }): void => {
    onClose();
    if (changing) changeSelected(editor, what, next);
    else editor.chain().focus().insertContent({ type: what, attrs: next }).run();
  };
  switch (what) {
    case 'figure':
      return <FigureDialog onClose={onClose} onPick={(figure, unitWord) => {
        onClose();
        editor.chain().focus().insertContent([{ type: 'figure', attrs: figure }, { type: 'text', text: unitWord }]).run();
      }} />;
    case 'annexTable':
      return <AnnexDialog caption={caption} onClose={onClose} onDone={(next) => put({ caption: next })} />;
    case 'unitsTable':
      return <UnitsDialog caption={caption} codes={changing ? (JSON.parse(attributeText(attrs['indicators'])) as string[]) : indicators.slice(0, 1).map(({ code }) => code)} onClose={onClose} onDone={(next, codes) => put({ caption: next, indicators: JSON.stringify(codes) })} />;
    case 'ownTable':
      return <OwnTableDialog caption={caption} rows={changing ? (JSON.parse(attributeText(attrs['rows'])) as string[][]) : [['', ''], ['', '']]} onClose={onClose} onDone={(next, rows) => put({ caption: next, rows: JSON.stringify(rows) })} />;
    case 'picture':
      return <PictureDialog {...place} evidence={changing ? attributeText(attrs['evidence']) : null} caption={caption} onClose={onClose} onDone={(picture, next) => {
        if (picture !== null) onPicture(picture);
        put({ evidence: picture?.id ?? attributeText(attrs['evidence']), caption: next });
      }} />;
  }
}
