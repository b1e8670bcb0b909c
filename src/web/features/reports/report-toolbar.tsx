// What can be done to the text, and to what is selected in it.
import type { Editor } from '@tiptap/core';
import { undo, redo } from '@tiptap/pm/history';
import { NodeSelection } from '@tiptap/pm/state';
import { useEditorState } from '@tiptap/react';
import { figureForm } from '../../../modules/reports/model.ts';
import { useReportsText } from '../../language/reports.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { SelectField } from '../../ui/field.tsx';
import { figureOf } from './conversion.ts';
import { nameOf, useReportShown } from './report-context.ts';

export type Inserted = 'figure' | 'annexTable' | 'unitsTable' | 'ownTable' | 'picture';

/** The node that is selected as a whole, if it is one of ours. */
export function selectedNode(editor: Editor): { readonly type: Inserted; readonly attrs: { readonly [name: string]: unknown } } | null {
  const { selection } = editor.state;
  if (!(selection instanceof NodeSelection)) return null;
  const { name } = selection.node.type;
  return name === 'figure' || name === 'annexTable' || name === 'unitsTable' || name === 'ownTable' || name === 'picture' ? { type: name, attrs: selection.node.attrs } : null;
}

/** Changes the selected node and keeps it selected: it is replaced by one that differs, which would leave the cursor beside it. */
export function changeSelected(editor: Editor, type: Inserted, attrs: { readonly [name: string]: unknown }): void {
  editor.chain().updateAttributes(type, attrs).setNodeSelection(editor.state.selection.from).run();
}

export function ReportToolbar({ editor, onInsert }: { readonly editor: Editor; readonly onInsert: (what: Inserted) => void }) {
  const words = useReportsText();
  const { style, strong } = useEditorState({
    editor,
    selector: ({ editor: current }) => ({ style: current.isActive('heading') ? String(current.getAttributes('heading')['level']) : '0', strong: current.isActive('bold') }),
  });
  const setStyle = (value: string): void => {
    const chain = editor.chain().focus();
    if (value === '0') chain.setNode('paragraph').run();
    else chain.setNode('heading', { level: Number(value) }).run();
  };
  const { toolbar } = words;
  return (
    <div className="report-toolbar" role="toolbar" aria-label={toolbar.label}>
      <SelectField hiddenLabel label={toolbar.style} value={style} onValue={setStyle} options={[{ value: '0', label: toolbar.paragraph }, ...[1, 2, 3, 4].map((level) => ({ value: String(level), label: toolbar.heading(level) }))]} />
      <Button aria-pressed={strong} onClick={() => editor.chain().focus().toggleMark('bold').run()}>{toolbar.bold}</Button>
      <Button icon="undo" iconOnly onClick={() => undo(editor.state, editor.view.dispatch)}>{toolbar.undo}</Button>
      <Button icon="refresh" iconOnly onClick={() => redo(editor.state, editor.view.dispatch)}>{toolbar.redo}</Button>
      <Button icon="chart" onClick={() => onInsert('figure')}>{toolbar.figure}</Button>
      <Button icon="camera" onClick={() => onInsert('picture')}>{toolbar.picture}</Button>
      <Button icon="table" onClick={() => onInsert('annexTable')}>{toolbar.annex}</Button>
      <Button icon="grid" onClick={() => onInsert('unitsTable')}>{toolbar.units}</Button>
      <Button icon="add" onClick={() => onInsert('ownTable')}>{toolbar.table}</Button>
    </div>
  );
}

/** Shown while a number, a table or a picture is selected. */
export function SelectedPanel({ editor, onChange }: { readonly editor: Editor; readonly onChange: (what: Inserted) => void }) {
  const words = useReportsText();
  const text = useText();
  const { indicators } = useReportShown();
  const selected = useEditorState({ editor, selector: ({ editor: current }) => selectedNode(current), equalityFn: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  if (selected === null) return null;
  const remove = <Button icon="trash" onClick={() => editor.chain().focus().deleteSelection().run()}>{words.selected.remove}</Button>;
  if (selected.type === 'figure') {
    const figure = figureOf(selected.attrs);
    return (
      <div className="report-selected-panel row" role="group" aria-label={words.selected.label}>
        <span>{words.selected.figure(`${nameOf(indicators, figure.indicator, text.code)}（${words.scopes[figure.scope]}）`)}</span>
        <Chips hiddenLabel label={words.selected.form} value={figure.form} options={figureForm.options.map((value) => ({ value, label: words.forms[value] }))} onValue={(form) => changeSelected(editor, 'figure', { form })} />
        {remove}
      </div>
    );
  }
  return (
    <div className="report-selected-panel row" role="group" aria-label={words.selected.label}>
      <span>{selected.type === 'picture' ? words.selected.picture : words.selected.table}</span>
      <Button icon="pencil" onClick={() => onChange(selected.type)}>{words.selected.change}</Button>
      {remove}
    </div>
  );
}
