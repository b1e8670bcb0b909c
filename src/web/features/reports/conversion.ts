// A report's blocks as the editor holds them and back, nothing lost. The editor knows types, attributes and marks; the report
// knows blocks and runs. Tables travel as text, since the editor compares attributes by value.
import type { Block, BoundFigure, Run } from '../../../modules/reports/model.ts';
import { normalRuns } from '../../../modules/reports/rules.ts';

export interface EditorNode {
  readonly type: string;
  readonly attrs?: { readonly [name: string]: unknown };
  readonly content?: readonly EditorNode[];
  readonly text?: string;
  readonly marks?: readonly { readonly type: string }[];
}

const bold = [{ type: 'bold' }] as const;

export function toEditor(blocks: readonly Block[]): EditorNode {
  // An editor without a paragraph cannot be written in.
  const content = blocks.map(nodeOf);
  return { type: 'doc', content: content.length === 0 ? [{ type: 'paragraph' }] : content };
}

function nodeOf(block: Block): EditorNode {
  switch (block.type) {
    case 'heading':
      return { type: 'heading', attrs: { level: block.level }, ...insideOf(block.runs) };
    case 'paragraph':
      return { type: 'paragraph', ...insideOf(block.runs) };
    case 'annex_table':
      return { type: 'annexTable', attrs: { caption: block.caption } };
    case 'units_table':
      return { type: 'unitsTable', attrs: { caption: block.caption, indicators: JSON.stringify(block.indicators) } };
    case 'own_table':
      return { type: 'ownTable', attrs: { caption: block.caption, rows: JSON.stringify(block.rows) } };
    case 'picture':
      return { type: 'picture', attrs: { evidence: block.evidence, caption: block.caption } };
  }
}

function insideOf(runs: readonly Run[]): { readonly content?: readonly EditorNode[] } {
  const content = normalRuns(runs).map((run): EditorNode => ({
    ...('text' in run ? { type: 'text', text: run.text } : { type: 'figure', attrs: { ...run.figure } }),
    ...(run.bold ? { marks: bold } : {}),
  }));
  return content.length === 0 ? {} : { content };
}

export function fromEditor(document: EditorNode): Block[] {
  return (document.content ?? []).flatMap((node): Block[] => {
    const block = blockOf(node);
    return block === null ? [] : [block];
  });
}

function blockOf({ type, attrs = {}, content = [] }: EditorNode): Block | null {
  const caption = attributeText(attrs['caption']);
  switch (type) {
    case 'heading':
      return { type: 'heading', level: levelOf(attrs['level']), runs: runsOf(content) };
    case 'paragraph':
      return { type: 'paragraph', runs: runsOf(content) };
    case 'annexTable':
      return { type: 'annex_table', caption };
    case 'unitsTable':
      return { type: 'units_table', caption, indicators: listOf<string>(attrs['indicators']) };
    case 'ownTable':
      return { type: 'own_table', caption, rows: listOf<string[]>(attrs['rows']) };
    case 'picture':
      return { type: 'picture', evidence: attributeText(attrs['evidence']), caption };
    default:
      return null;
  }
}

/** Attributes of the editor are text; what is not there is empty. */
export function attributeText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function levelOf(level: unknown): 1 | 2 | 3 | 4 {
  return level === 2 || level === 3 || level === 4 ? level : 1;
}

function listOf<T>(text: unknown): T[] {
  return JSON.parse(attributeText(text)) as T[];
}

function runsOf(content: readonly EditorNode[]): Run[] {
  return normalRuns(content.flatMap((node): Run[] => {
    const strong = node.marks?.some(({ type }) => type === 'bold') ?? false;
    if (node.type === 'text') return [{ text: node.text ?? '', bold: strong }];
    return node.type === 'figure' ? [{ figure: figureOf(node.attrs ?? {}), bold: strong }] : [];
  }));
}

export function figureOf(attrs: { readonly [name: string]: unknown }): BoundFigure {
  const { indicator, scope, form } = attrs;
  return { indicator: attributeText(indicator), scope: scope === 'own' ? 'own' : 'jurisdiction', form: form === 'rounded' || form === 'times' ? form : 'exact' };
}
