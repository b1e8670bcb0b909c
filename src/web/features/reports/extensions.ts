// What a report's editor knows: paragraphs, headings of four levels, bold, bound figures, tables and pictures; nothing else gets in,
// whatever is pasted. Made for this document instead of a kit of forty features.
import { Extension, Mark, mergeAttributes, Node } from '@tiptap/core';
import { history, redo, undo } from '@tiptap/pm/history';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { Node as ProseNode } from '@tiptap/pm/model';
import { headingNumber } from '../../../modules/reports/rules.ts';

const ReportDocument = Node.create({ name: 'doc', topNode: true, content: 'block+' });
const ReportText = Node.create({ name: 'text', group: 'inline' });

const Paragraph = Node.create({
  name: 'paragraph', group: 'block', content: 'inline*', priority: 1000,
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { 'Mod-Alt-0': () => this.editor.commands.setNode('paragraph') };
  },
});

const levels = [1, 2, 3, 4] as const;

const Heading = Node.create({
  name: 'heading', group: 'block', content: 'inline*', defining: true,
  addAttributes: () => ({ level: { default: 1, rendered: false } }),
  parseHTML: () => [...levels.map((level) => ({ tag: `h${level}`, attrs: { level } })), { tag: 'h5', attrs: { level: 4 } }, { tag: 'h6', attrs: { level: 4 } }],
  // The page's own heading is h1: the report's begin below it.
  renderHTML: ({ node, HTMLAttributes }) => [`h${Number(node.attrs['level']) + 2}`, mergeAttributes(HTMLAttributes, { class: `report-level-${String(node.attrs['level'])}` }), 0],
  addKeyboardShortcuts() {
    return Object.fromEntries(levels.map((level) => [`Mod-Alt-${level}`, () => this.editor.commands.setNode('heading', { level })]));
  },
});

const Bold = Mark.create({
  name: 'bold',
  parseHTML: () => [{ tag: 'strong' }, { tag: 'b', getAttrs: (element) => element.style.fontWeight !== 'normal' && null }],
  renderHTML: ({ HTMLAttributes }) => ['strong', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { 'Mod-b': () => this.editor.commands.toggleMark('bold') };
  },
});

const attribute = (name: string, initial: string) => ({
  default: initial, parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`) ?? initial, renderHTML: (attributes: Record<string, unknown>) => ({ [`data-${name}`]: String(attributes[name]) }),
});

export const Figure = Node.create({
  name: 'figure', group: 'inline', inline: true, atom: true, selectable: true,
  addAttributes: () => ({ indicator: attribute('indicator', ''), scope: attribute('scope', 'jurisdiction'), form: attribute('form', 'exact') }),
  parseHTML: () => [{ tag: 'span[data-indicator]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', HTMLAttributes],
});

export const AnnexTable = Node.create({
  name: 'annexTable', group: 'block', atom: true, selectable: true, draggable: true,
  addAttributes: () => ({ caption: attribute('caption', '') }),
  parseHTML: () => [{ tag: 'div[data-report="annex"]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes, { 'data-report': 'annex' })],
});

export const UnitsTable = Node.create({
  name: 'unitsTable', group: 'block', atom: true, selectable: true, draggable: true,
  addAttributes: () => ({ caption: attribute('caption', ''), indicators: attribute('indicators', '[]') }),
  parseHTML: () => [{ tag: 'div[data-report="units"]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes, { 'data-report': 'units' })],
});

export const OwnTable = Node.create({
  name: 'ownTable', group: 'block', atom: true, selectable: true, draggable: true,
  addAttributes: () => ({ caption: attribute('caption', ''), rows: attribute('rows', '[[""]]') }),
  parseHTML: () => [{ tag: 'div[data-report="own"]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes, { 'data-report': 'own' })],
});

export const Picture = Node.create({
  name: 'picture', group: 'block', atom: true, selectable: true, draggable: true,
  addAttributes: () => ({ evidence: attribute('evidence', ''), caption: attribute('caption', '') }),
  parseHTML: () => [{ tag: 'div[data-report="picture"]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes, { 'data-report': 'picture' })],
});

const Undoing = Extension.create({
  name: 'undoing',
  addProseMirrorPlugins: () => [history()],
  addKeyboardShortcuts() {
    const { view } = this.editor;
    return {
      'Mod-z': () => undo(view.state, view.dispatch), 'Shift-Mod-z': () => redo(view.state, view.dispatch), 'Mod-y': () => redo(view.state, view.dispatch),
    };
  },
});

const fillMark = /【请填写：[^】]{0,200}】/g;

/** Numbers before headings, and the places still to be filled, as they stand in the text now. */
function decorate(doc: ProseNode): DecorationSet {
  const counts = [0, 0, 0, 0];
  const shown: Decoration[] = [];
  doc.forEach((node, offset) => {
    if (node.type.name === 'heading') {
      const level = Number(node.attrs['level']) as 1 | 2 | 3 | 4;
      counts[level - 1] = (counts[level - 1] ?? 0) + 1;
      counts.fill(0, level);
      shown.push(Decoration.node(offset, offset + node.nodeSize, { 'data-number': headingNumber(level, counts[level - 1] ?? 1) }));
    }
    // By pieces of text: a figure between the brackets is no part of what is to be written.
    node.descendants((child, position) => {
      for (const match of (child.text ?? '').matchAll(fillMark)) {
        const from = offset + 1 + position + match.index;
        shown.push(Decoration.inline(from, from + match[0].length, { class: 'report-fill' }));
      }
    });
  });
  return DecorationSet.create(doc, shown);
}

const Marking = Extension.create({
  name: 'marking',
  addProseMirrorPlugins: () => [new Plugin({
    state: { init: (_config, state) => decorate(state.doc), apply: (transaction, before) => (transaction.docChanged ? decorate(transaction.doc) : before) },
    props: {
      decorations(state) {
        return this.getState(state);
      },
    },
  })],
});

/** With `views` nodes are drawn by the page. */
export function reportExtensions(views: readonly (Node)[] = [Figure, AnnexTable, UnitsTable, OwnTable, Picture]) {
  return [ReportDocument, Paragraph, ReportText, Heading, Bold, ...views, Undoing, Marking];
}
