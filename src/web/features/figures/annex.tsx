// The annex exactly as printed, and the way into every figure: each cell is a button to its sources. What is on screen is
// what goes on paper, in Chinese whatever the language of the screen; marks and glosses stay on screen.
import type { CSSProperties } from 'react';
import type { EditionDefinition } from '../../../modules/editions/model.ts';
import { footLines, formMeasuresOf, paper } from '../../../modules/forms/rules.ts';
import type { ReturnView } from '../../../modules/returns/model.ts';
import { useFormReadingText } from '../../language/form-reading.ts';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { figures as official } from '../../language/zh/figures.ts';
import { format as officialFormat } from '../../language/zh/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { formsOf } from '../form-reading/forms-behind.tsx';
import { stepsOnSheet } from '../returns/steps.ts';
import type { AnnexLine } from './annex-layout.ts';
import { type Printed, usePrinted } from './annex-printed.ts';
import type { RovingCells } from './roving.ts';
import { countsFrozen, readCell, sealOf, type TableSources, type ViewName } from './table-view.ts';

export interface CellsProps {
  readonly lines: readonly AnnexLine[];
  readonly sources: TableSources;
  readonly view: ViewName;
  readonly nameOf: (code: string) => string;
  readonly cells: RovingCells;
  /** The cell whose drawer is open. */
  readonly opened: string | null;
  readonly onOpen: (code: string) => void;
}

/** Words of the paper itself. */
const { table } = official;

/** The English beside Chinese that is printed; never on paper. */
function Gloss({ children }: { readonly children: string }) {
  const text = useText();
  return text.code === 'en' ? <span className="annex-gloss" lang="en">{children}</span> : null;
}

export function Annex({ definition, unitView, ...cells }: CellsProps & { readonly definition: EditionDefinition; readonly unitView: ReturnView }) {
  const words = useFiguresText();
  const { sheet, code } = usePrinted({ definition, unitView, sources: cells.sources, view: cells.view });
  const measures = formMeasuresOf(sheet);
  const sizes = { '--sheet-size': measures.size, '--sheet-line': measures.lineHeight, '--sheet-row': measures.rowHeight, '--sheet-seal': measures.sealRoom } as CSSProperties;
  return (
    <section className={measures.onePage ? 'sheet' : 'sheet sheet-long'} aria-labelledby="annex-title" style={sizes}>
      {sheet.receipt === null ? <p className="sheet-watermark" aria-hidden="true">{paper.draft}</p> : null}
      {sheet.marks.length === 0 ? null : <p className="sheet-mark">{sheet.marks.map((mark) => paper.marks[mark]).join('　')}{sheet.marks.includes('demonstration') ? <Gloss>{words.table.demonstrationPrint}</Gloss> : null}</p>}
      <p className="sheet-heading">{sheet.heading}</p>
      <h2 id="annex-title" className="sheet-title">{sheet.title}</h2>
      <div className="sheet-head">
        <p>{sheet.unitLine}{sheet.unitName}</p>
        <p>{sheet.dateLine}</p>
      </div>
      <table className="annex">
        <caption className="visually-hidden">{sheet.title}，{words.table.keys}</caption>
        <thead>
          <tr>{sheet.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr>
        </thead>
        <tbody>
          {cells.lines.map((line) => <Line key={line.indicator.code} line={line} {...cells} />)}
        </tbody>
      </table>
      <SheetFoot sheet={sheet} code={code} view={unitView} name={cells.view} />
    </section>
  );
}

function Line({ line, ...cells }: CellsProps & { readonly line: AnnexLine }) {
  const { indicator, span } = line;
  return (
    <tr className={span > 0 ? undefined : 'annex-part'}>
      {span > 0 ? <th scope="rowgroup" rowSpan={span} className="annex-number">{indicator.row}</th> : null}
      <td className="annex-label">
        {indicator.label}
        <Gloss>{indicator.englishLabel}</Gloss>
      </td>
      <td className="annex-data"><CellButton line={line} {...cells} /></td>
    </tr>
  );
}

/** A figure with its unit word and marks; pressed it opens what it is made of. What is read aloud is what is seen, and more. */
export function CellButton({ line, sources, view, nameOf, cells, opened, onOpen }: CellsProps & { readonly line: AnnexLine }) {
  const text = useText();
  const words = useFiguresText().table;
  const { code, unitWord } = line.indicator;
  const { value, adjustments, findings } = readCell(sources, view, code, line.extension);
  const hard = findings.some(({ severity }) => severity === 'hard');
  const formWords = useFormReadingText();
  const form = formsOf(sources.view, view === 'frozen').find(({ figures }) => figures[code] !== undefined);
  return (
    <button type="button" className="cell" {...cells.cellOf(code)} aria-expanded={opened === code} onClick={() => onOpen(code)}>
      <span className="visually-hidden">{nameOf(code)} </span>
      {adjustments === 0 && findings.length === 0 && form === undefined ? null : (
        <span className="cell-marks">
          {form === undefined ? null : <Mark looks="adjusted" icon="document" words={formWords.behindOne(form.name)}>{formWords.mark}</Mark>}
          {adjustments === 0 ? null : <Mark looks="adjusted" icon="pencil" words={words.adjusted(text.format.signed(adjustments))}>{words.adjustedMark}</Mark>}
          {findings.length === 0 ? null : <Mark looks={hard ? 'hard' : 'soft'} icon={hard ? 'cross' : 'alert'} words={words.doubt(findings.length)}>{words.doubtMark}</Mark>}
        </span>
      )}
      <span className="cell-number">
        <span className="cell-value">({value ?? '—'})</span>
        <span className="cell-unit">{unitWord}</span>
      </span>
      <span className="visually-hidden"> {words.open}</span>
    </button>
  );
}

/** 表, 调 or ?: icon, sign and colour; the whole sentence on pointing and for readers of the screen. */
function Mark({ looks, icon, words, children }: { readonly looks: 'adjusted' | 'hard' | 'soft'; readonly icon: IconName; readonly words: string; readonly children: string }) {
  return (
    <span className={`cell-mark cell-${looks}`} title={words}>
      <Icon name={icon} size={14} />
      {children}
      <span className="visually-hidden"> {words} </span>
    </span>
  );
}

/** On paper only what all formats print: receipt and code, or that it is a draft. On screen also who prepared, reviewed and signed. */
function SheetFoot({ sheet, code, view, name }: Printed & { readonly view: ReturnView; readonly name: ViewName }) {
  const words = useFiguresText().table;
  const seal = sealOf(view, name);
  const steps = name === 'frozen' && countsFrozen(view) ? stepsOnSheet(view) : [];
  const people = ([['send_for_review', 'prepared'], ['approve', 'approved'], ['sign', 'signed']] as const).map(([step, part]) => {
    const done = steps.find((one) => one.name === step);
    return { part, by: done?.by ?? null, at: done?.at ?? null };
  });
  return (
    <footer className="sheet-foot">
      <dl className="sheet-people screen-only">
        {people.map(({ part, by, at }) => (
          <div key={part}>
            <dt>{table.foot[part]}：<Gloss>{words.foot[part]}</Gloss></dt>
            <dd>{by ?? table.foot.nobody}{at === null ? null : <span className="sheet-time">{officialFormat.shortInstant(at)}</span>}</dd>
          </div>
        ))}
      </dl>
      <div className="sheet-receipt">
        {code === null || sheet.receipt === null ? null : <a href={sheet.receipt.address} className="sheet-code" aria-label={words.receiptCheck}><QrCode {...code} /></a>}
        <div className="sheet-note">
          {footLines(sheet).map((line) => <p key={line}>{line}</p>)}
          {seal === null
            ? <p className="screen-only">{name === 'frozen' ? table.views.frozen(view.frozen?.number ?? 0) : table.views[name]}<Gloss>{words.draftLine}</Gloss></p>
            : <p className="screen-only">{table.digest(seal.sm3.slice(0, 16))}<Gloss>{words.receipt(seal.receiptCode)}</Gloss></p>}
        </div>
      </div>
    </footer>
  );
}

function QrCode({ size, path }: { readonly size: number; readonly path: string }) {
  return (
    <svg viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" aria-hidden="true" focusable="false">
      <path d={`M0 0h${size}v${size}h-${size}z`} className="code-ground" />
      <path d={path} className="code-mark" />
    </svg>
  );
}
