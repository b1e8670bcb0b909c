// Parts of a report as they stand on screen, in the editor and where it is only read: numbers, tables, pictures.
import type { BoundFigure } from '../../../modules/reports/model.ts';
import { figureText, numberOf } from '../../../modules/reports/rules.ts';
import { readEvidence } from '../../../modules/evidence/contract.ts';
import { addressOf } from '../../app/client.ts';
import { useReportsText } from '../../language/reports.ts';
import { useText } from '../../language/text.tsx';
import { Icon } from '../../ui/icon.tsx';
import { beforeText, nameOf, useReportShown } from './report-context.ts';

/** A number of the table. Marked when it is another than before, in words too. */
export function FigureChip({ figure }: { readonly figure: BoundFigure }) {
  const shown = useReportShown();
  const words = useReportsText();
  const text = useText();
  const was = beforeText(shown, figure);
  const unknown = numberOf(shown.figures, figure) === null;
  const name = words.figure.chip(nameOf(shown.indicators, figure.indicator, text.code), words.scopes[figure.scope]);
  const title = was === null ? name : `${name}。${words.figure.was(was)}`;
  return (
    <span className={`report-figure${was === null ? '' : ' report-changed'}${unknown ? ' report-fill' : ''}`} title={title}>
      {figureText(shown.figures, figure)}
      {was === null ? null : <><Icon name="refresh" size={14} /><span className="visually-hidden">（{words.figure.was(was)}）</span></>}
    </span>
  );
}

export function Caption({ number, text }: { readonly number: string; readonly text: string }) {
  return number === '' ? null : <p className="report-caption">{number}　{text}</p>;
}

export function AnnexShown({ number, caption }: { readonly number: string; readonly caption: string }) {
  const { figures, indicators, columns } = useReportShown();
  const words = useReportsText();
  return (
    <div className="report-table">
      <Caption number={number} text={caption} />
      <div className="table-scroll" role="group" aria-label={caption === '' ? words.table.annex : caption}>
        <table>
          <thead><tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
          <tbody>
            {indicators.map((indicator, index) => (
              <tr key={indicator.code}>
                {indicators.findIndex(({ row }) => row === indicator.row) === index ? <td rowSpan={indicators.filter(({ row }) => row === indicator.row).length}>{indicator.row}</td> : null}
                <td className="report-left">{indicator.label.replace(',', '，')}</td>
                <td>（{figureText(figures, { indicator: indicator.code, scope: 'jurisdiction', form: 'exact' })}）{indicator.unitWord}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

export function UnitsShown({ number, caption, codes }: { readonly number: string; readonly caption: string; readonly codes: readonly string[] }) {
  const { figures, indicators } = useReportShown();
  const words = useReportsText();
  const chosen = codes.flatMap((code) => indicators.filter((one) => one.code === code));
  const line = (key: string, name: string, valueOf: (code: string) => number | undefined) => (
    <tr key={key}><td className="report-left">{name}</td>{chosen.map(({ code }) => <td key={code}>{valueOf(code) ?? '—'}</td>)}</tr>
  );
  return (
    <div className="report-table">
      <Caption number={number} text={caption} />
      {figures.units.length === 0 ? <p className="hint">{words.table.noUnits}</p> : null}
      <div className="table-scroll" role="group" aria-label={caption === '' ? words.table.units : caption}>
        <table>
          <thead><tr><th scope="col">{words.table.unit}</th>{chosen.map((one) => <th key={one.code} scope="col">{nameOf(indicators, one.code, 'zh')}（{one.unitWord}）</th>)}</tr></thead>
          <tbody>
            {figures.units.map((unit) => line(unit.unitCode, unit.name, (code) => unit.total[code]))}
            {line('own', words.table.ownLevel, (code) => figures.own[code]?.value)}
            {line('total', words.table.total, (code) => figures.jurisdiction[code]?.value)}
          </tbody>
        </table>
      </div>
    </div>
  );
}

export function OwnShown({ number, caption, rows }: { readonly number: string; readonly caption: string; readonly rows: readonly (readonly string[])[] }) {
  const words = useReportsText();
  const [head = [], ...body] = rows;
  // Rows and cells of a table typed by hand have no names: their place is what they are.
  return (
    <div className="report-table">
      <Caption number={number} text={caption} />
      <div className="table-scroll" role="group" aria-label={caption === '' ? words.table.own : caption}>
        <table>
          <thead><tr>{head.map((cell, column) => <th key={`c${String(column)}`} scope="col">{cell}</th>)}</tr></thead>
          <tbody>{body.map((row, index) => <tr key={`r${String(index)}`}>{row.map((cell, column) => <td key={`c${String(column)}`} className="report-left">{cell}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </div>
  );
}

export function PictureShown({ number, caption, evidence }: { readonly number: string; readonly caption: string; readonly evidence: string }) {
  const { pictures } = useReportShown();
  const words = useReportsText();
  const known = pictures.get(evidence);
  return (
    <figure className="report-picture">
      {known === undefined ? <p className="hint">{words.picture.missing}</p> : <img src={addressOf(readEvidence, { id: evidence })} alt={caption === '' ? known.name : caption} width={known.width} height={known.height} loading="lazy" />}
      <figcaption className="report-caption">{number}　{caption}</figcaption>
    </figure>
  );
}
