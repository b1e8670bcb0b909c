// How the editor draws what cannot be typed: numbers, tables, pictures. They take their numbers from the page, so that a number
// that changes is seen at once.
import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react';
import { AnnexTable, Figure, OwnTable, Picture, UnitsTable } from './extensions.ts';
import { figureOf } from './conversion.ts';
import { useReportShown } from './report-context.ts';
import { AnnexShown, FigureChip, OwnShown, PictureShown, UnitsShown } from './report-parts.tsx';

/** The number of the block that a node is. */
function useNumber({ editor, getPos }: Pick<NodeViewProps, 'editor' | 'getPos'>): string {
  const { numbers } = useReportShown();
  const position = getPos();
  return position === undefined || position > editor.state.doc.content.size ? '' : (numbers[editor.state.doc.resolve(position).index(0)] ?? '');
}

function FigureView({ node, selected }: NodeViewProps) {
  return <NodeViewWrapper as="span" className={selected ? 'report-selected' : ''}><FigureChip figure={figureOf(node.attrs)} /></NodeViewWrapper>;
}

function AnnexView(props: NodeViewProps) {
  const number = useNumber(props);
  return <NodeViewWrapper className={props.selected ? 'report-selected' : ''}><AnnexShown number={number} caption={String(props.node.attrs['caption'])} /></NodeViewWrapper>;
}

function UnitsView(props: NodeViewProps) {
  const number = useNumber(props);
  const { caption, indicators } = props.node.attrs;
  return <NodeViewWrapper className={props.selected ? 'report-selected' : ''}><UnitsShown number={number} caption={String(caption)} codes={JSON.parse(String(indicators)) as string[]} /></NodeViewWrapper>;
}

function OwnView(props: NodeViewProps) {
  const number = useNumber(props);
  const { caption, rows } = props.node.attrs;
  return <NodeViewWrapper className={props.selected ? 'report-selected' : ''}><OwnShown number={number} caption={String(caption)} rows={JSON.parse(String(rows)) as string[][]} /></NodeViewWrapper>;
}

function PictureView(props: NodeViewProps) {
  const number = useNumber(props);
  const { caption, evidence } = props.node.attrs;
  return <NodeViewWrapper className={props.selected ? 'report-selected' : ''}><PictureShown number={number} caption={String(caption)} evidence={String(evidence)} /></NodeViewWrapper>;
}

export const drawnNodes = [
  Figure.extend({ addNodeView: () => ReactNodeViewRenderer(FigureView, { as: 'span' }) }),
  AnnexTable.extend({ addNodeView: () => ReactNodeViewRenderer(AnnexView) }),
  UnitsTable.extend({ addNodeView: () => ReactNodeViewRenderer(UnitsView) }),
  OwnTable.extend({ addNodeView: () => ReactNodeViewRenderer(OwnView) }),
  Picture.extend({ addNodeView: () => ReactNodeViewRenderer(PictureView) }),
];
