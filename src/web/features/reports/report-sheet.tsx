// A report that is only read: from above, by those who do not write, an earlier state, and on paper.
import type { Block, ReportDocument, Run } from '../../../modules/reports/model.ts';
import { dateText, numbersOf } from '../../../modules/reports/rules.ts';
import { useReportsText } from '../../language/reports.ts';
import { AnnexShown, FigureChip, OwnShown, PictureShown, UnitsShown } from './report-parts.tsx';

export function ReportSheet({ document, headless = false }: { readonly document: ReportDocument; readonly headless?: boolean }) {
  const words = useReportsText();
  const numbers = numbersOf(document.blocks);
  return (
    <article className="report-paper" lang="zh-CN">
      {headless ? null : <h2 className="report-title">{document.title === '' ? words.untitled : document.title}</h2>}
      {document.addressee === '' ? null : <p className="report-addressee">{document.addressee}：</p>}
      {document.blocks.map((block, index) => <OneBlock key={`b${String(index)}`} block={block} number={numbers[index] ?? ''} />)}
      {document.attachments.length === 0 ? null : <div className="report-attachments">{document.attachments.map((name, index) => <p key={name}>{index === 0 ? words.attachmentLead : ''}{document.attachments.length > 1 ? `${index + 1}. ` : ''}{name}</p>)}</div>}
      <div className="report-closing"><p>{document.signature}</p><p>{document.date === null ? '' : dateText(document.date)}</p></div>
    </article>
  );
}

function OneBlock({ block, number }: { readonly block: Block; readonly number: string }) {
  switch (block.type) {
    case 'heading': {
      const Level = `h${block.level + 2}` as 'h3' | 'h4' | 'h5' | 'h6';
      return <Level className={`report-level-${block.level}`} data-number={number}><Runs runs={block.runs} /></Level>;
    }
    case 'paragraph':
      return <p><Runs runs={block.runs} /></p>;
    case 'annex_table':
      return <AnnexShown number={number} caption={block.caption} />;
    case 'units_table':
      return <UnitsShown number={number} caption={block.caption} codes={block.indicators} />;
    case 'own_table':
      return <OwnShown number={number} caption={block.caption} rows={block.rows} />;
    case 'picture':
      return <PictureShown number={number} caption={block.caption} evidence={block.evidence} />;
  }
}

function Runs({ runs }: { readonly runs: readonly Run[] }) {
  return runs.map((run, index) => {
    const inside = 'text' in run ? run.text : <FigureChip figure={run.figure} />;
    return run.bold ? <strong key={`r${String(index)}`}>{inside}</strong> : <span key={`r${String(index)}`}>{inside}</span>;
  });
}
