// What stands under the annex and is never part of it: the province's own rows, 家次 and distinct enterprises, how it counts.
import type { EditionDefinition } from '../../../modules/editions/model.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import type { getTable } from '../../../modules/figures/contract.ts';
import { useFiguresText } from '../../language/figures.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { CellButton, type CellsProps } from './annex.tsx';
import { countsEnterprises } from './annex-layout.ts';

export function OwnRows(cells: CellsProps) {
  const text = useText();
  const { table } = useFiguresText();
  if (cells.lines.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="own-rows">
      <h2 id="own-rows">{table.extensions}</h2>
      <p className="hint">{table.extensionHint}</p>
      <table className="annex annex-own">
        <tbody>
          {cells.lines.map((line) => (
            <tr key={line.indicator.code}>
              <td className="annex-label">{text.code === 'en' ? line.indicator.englishLabel : line.indicator.label}</td>
              <td className="annex-data"><CellButton line={line} {...cells} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** 家 beside 家次 and the distinct number; own level or jurisdiction, whichever is on screen. */
export function Analysis({ definition, table, own, nameOf, onOpen }: {
  readonly definition: EditionDefinition;
  readonly table: OutputOf<typeof getTable>;
  readonly own: boolean;
  readonly nameOf: (code: string) => string;
  readonly onOpen: (code: string) => void;
}) {
  const text = useText();
  const words = useFiguresText().table;
  const figures = own ? table.own : table.jurisdiction;
  const shown = (value: number | null | undefined): string => (value === null || value === undefined ? '—' : text.format.number(value));
  const { row, value, times, distinct, uncoded } = words.analysisColumns;
  return (
    <section className="panel stack-tight" aria-labelledby="analysis">
      <h2 id="analysis">{words.analysis}</h2>
      <p className="hint">{words.analysisHint}</p>
      <div className="table-scroll">
        <table className="table analysis">
          <thead>
            <tr>
              <th scope="col">{row}</th>
              <th scope="col" className="number">{value}</th>
              <th scope="col" className="number">{times}</th>
              <th scope="col" className="number">{uncoded}</th>
              {own ? null : <th scope="col" className="number">{distinct}</th>}
            </tr>
          </thead>
          <tbody>
            {definition.indicators.filter(countsEnterprises).map(({ code }) => (
              <tr key={code}>
                <th scope="row"><button type="button" className="link-button" onClick={() => onOpen(code)}>{nameOf(code)}</button></th>
                <td className="number">{shown(figures[code]?.value)}</td>
                <td className="number">{shown(figures[code]?.times)}</td>
                <td className="number">{shown(figures[code]?.uncoded)}</td>
                {own ? null : <td className="number">{shown(table.distinct[code])}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function CountingNotes({ definition }: { readonly definition: EditionDefinition }) {
  const text = useText();
  const { table } = useFiguresText();
  return (
    <details className="panel counting-notes">
      <summary>{table.notes}</summary>
      <ol>
        {definition.countingNotes.map((note) => <li key={note.zh}>{wordsOf(text, note)}</li>)}
      </ol>
    </details>
  );
}
