// The annex exactly as printed, and the way into every figure: each cell is a button to its sources. What is on screen is
// what goes on paper, in Chinese whatever the language of the screen; marks and glosses stay on screen.
import type { EditionDefinition } from '../../../modules/editions/model.ts';
import type { ReturnView } from '../../../modules/returns/model.ts';
import { useMe } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { figures as official } from '../../language/zh/figures.ts';
import { format as officialFormat } from '../../language/zh/format.ts';
import { shell as officialShell } from '../../language/zh/shell.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { stepsOnSheet } from '../returns/steps.ts';
import type { AnnexLine } from './annex-layout.ts';
import type { RovingCells } from './roving.ts';
import { countsFrozen, printedDate, readCell, sealOf, type TableSources, type ViewName } from './table-view.ts';

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
  const me = useMe();
  const seal = sealOf(unitView, cells.view);
  const { title, columns } = definition.table;
  return (
    <section className="sheet" aria-labelledby="annex-title">
      {seal === null ? <p className="sheet-watermark" aria-hidden="true">{table.draft}</p> : null}
      {me.demonstration ? <p className="sheet-mark">{officialShell.demonstration} · {table.demonstrationPrint}<Gloss>{words.table.demonstrationPrint}</Gloss></p> : null}
      {definition.official ? null : <p className="sheet-mark">{officialShell.unofficial}</p>}
      <h2 id="annex-title" className="sheet-title">{title}</h2>
      <div className="sheet-head">
        <p>{table.unitLine}{unitView.unit.name}</p>
        <p>{seal === null ? table.blankDate : table.date(...printedDate(seal.at))}</p>
      </div>
      <table className="annex">
        <caption className="visually-hidden">{title}，{words.table.keys}</caption>
        <thead>
          <tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr>
        </thead>
        <tbody>
          {cells.lines.map((line) => <Line key={line.indicator.code} line={line} {...cells} />)}
        </tbody>
      </table>
      <SheetFoot view={unitView} name={cells.view} />
    </section>
  );
}

function Line({ line, ...cells }: CellsProps & { readonly line: AnnexLine }) {
  const { indicator, span } = line;
  return (
    <tr>
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
  return (
    <button type="button" className="cell" {...cells.cellOf(code)} aria-expanded={opened === code} onClick={() => onOpen(code)}>
      <span className="visually-hidden">{nameOf(code)} </span>
      {adjustments === 0 && findings.length === 0 ? null : (
        <span className="cell-marks">
          {adjustments === 0 ? null : <Mark looks="adjusted" icon="pencil" words={words.adjusted(text.format.signed(adjustments))}>{words.adjustedMark}</Mark>}
          {findings.length === 0 ? null : <Mark looks={hard ? 'hard' : 'soft'} icon={hard ? 'cross' : 'alert'} words={words.doubt(findings.length)}>{words.doubtMark}</Mark>}
        </span>
      )}
      <span className="cell-number">
        <span className="cell-value">( {value === null ? '—' : text.format.number(value)} )</span>
        <span className="cell-unit">{unitWord}</span>
      </span>
      <span className="visually-hidden"> {words.open}</span>
    </button>
  );
}

/** 调 or ?: icon, sign and colour; the whole sentence on pointing and for readers of the screen. */
function Mark({ looks, icon, words, children }: { readonly looks: 'adjusted' | 'hard' | 'soft'; readonly icon: IconName; readonly words: string; readonly children: string }) {
  return (
    <span className={`cell-mark cell-${looks}`} title={words}>
      <Icon name={icon} size={14} />
      {children}
      <span className="visually-hidden"> {words} </span>
    </span>
  );
}

/** Who prepared, reviewed and signed; for the version on screen only. Then the receipt that joins paper and seal. */
function SheetFoot({ view, name }: { readonly view: ReturnView; readonly name: ViewName }) {
  const words = useFiguresText().table;
  const seal = sealOf(view, name);
  const steps = name === 'frozen' && countsFrozen(view) ? stepsOnSheet(view) : [];
  const people = ([['send_for_review', 'prepared'], ['approve', 'approved'], ['sign', 'signed']] as const).map(([step, part]) => {
    const done = steps.find((one) => one.name === step);
    return { part, by: done?.by ?? null, at: done?.at ?? null };
  });
  return (
    <footer className="sheet-foot">
      <dl className="sheet-people">
        {people.map(({ part, by, at }) => (
          <div key={part}>
            <dt>{table.foot[part]}：<Gloss>{words.foot[part]}</Gloss></dt>
            <dd>{by ?? table.foot.nobody}{at === null ? null : <span className="sheet-time">{officialFormat.shortInstant(at)}</span>}</dd>
          </div>
        ))}
      </dl>
      {seal === null || view.frozen === null
        ? <p className="sheet-note">{table.draftLine} · {name === 'frozen' ? table.views.frozen(view.frozen?.number ?? 0) : table.views[name]}<Gloss>{words.draftLine}</Gloss></p>
        : <p className="sheet-note">{table.receipt(seal.receiptCode)} · {table.version(view.frozen.number)} · {table.digest(seal.sm3.slice(0, 16))} · {table.printedFrom(officialShell.product)}<Gloss>{words.receipt(seal.receiptCode)}</Gloss></p>}
    </footer>
  );
}
