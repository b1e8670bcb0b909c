// The units below by indicators: header and first columns stand still, the grid is one Tab stop, cells lead to their sources.
import { type MouseEvent, type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { getMatrix, MatrixRow } from '../../../modules/figures/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { pageOf, type Seat } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useGridKeys } from './grid-keys.ts';
import type { MatrixColumn } from './matrix-column.ts';
import { type Basis, type Lateness, type MatrixOrder, missingIn } from './matrix-order.ts';
import { MatrixUnit } from './matrix-row.tsx';
import { sumOf } from './matrix-view.ts';

export interface MatrixProps {
  readonly matrix: OutputOf<typeof getMatrix>;
  /** Chosen and in order. */
  readonly rows: readonly MatrixRow[];
  readonly columns: readonly MatrixColumn[];
  readonly basis: Basis;
  readonly order: MatrixOrder;
  readonly onOrder: (by: string) => void;
  readonly latenessOf: (row: MatrixRow) => Lateness;
  readonly seat: Seat;
  readonly selection: ReadonlySet<string> | null;
  readonly onSelect: (code: string, selected: boolean) => void;
}

export function MatrixTable(props: MatrixProps) {
  const { matrix, rows, columns, basis, latenessOf, seat, selection, onSelect } = props;
  const words = useFiguresText().matrix;
  const own = useRef<HTMLTableElement>(null);
  const keys = useGridKeys(own);
  const open = useOpenCell(seat);
  const hint = useId();
  return (
    <div className="stack-tight">
      <div className={`table-scroll matrix-scroll${selection === null ? '' : ' matrix-selects'}`}>
        <table
          ref={own}
          className="table matrix"
          style={{ inlineSize: `calc(var(--fixed) + ${columns.length} * var(--figure))` }}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- it is a grid: one Tab stop, arrows, cells that open
          role="grid"
          aria-describedby={hint}
          aria-label={`${matrix.unit.shortName} · ${words.title}`}
          onFocus={keys.onFocus}
          onClick={open}
          onKeyDown={(event) => {
            keys.onKeyDown(event);
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) open(event);
          }}
        >
          <colgroup>
            {selection === null ? null : <col className="matrix-col-select" />}
            <col className="matrix-col-unit" />
            <col className="matrix-col-state" />
            <col className="matrix-col-missing" />
            <col className="matrix-col-time" />
            {columns.map(({ code }) => <col key={code} className="matrix-col-figure" />)}
          </colgroup>
          <Head {...props} />
          <tbody className="matrix-totals"><Totals matrix={matrix} columns={columns} basis={basis} selects={selection !== null} /></tbody>
          <tbody>
            {rows.map((row) => (
              <MatrixUnit key={row.unit.code} row={row} columns={columns} basis={basis} lateness={latenessOf(row)} seat={seat} selected={selection === null ? null : selection.has(row.unit.code)} onSelect={onSelect} />
            ))}
          </tbody>
        </table>
      </div>
      <p id={hint} className="hint screen-only">{words.keys}</p>
    </div>
  );
}

/** Opens the cell pressed: that unit's table with the cell's sources. One listener for the whole table. */
function useOpenCell(seat: Seat): (event: MouseEvent | KeyboardEvent) => void {
  const navigate = useNavigate();
  return (event) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('td[data-cell]') : null;
    const row = cell?.closest<HTMLElement>('tr[data-unit]');
    const { cell: indicator } = cell?.dataset ?? {};
    const { unit, view } = row?.dataset ?? {};
    if (indicator === undefined || unit === undefined) return;
    void navigate(pageOf(seat, '/table', unit, { ...(view === undefined ? {} : { view }), cell: indicator }));
  };
}

function Head({ columns, order, onOrder, selection }: MatrixProps) {
  const words = useFiguresText().matrix;
  const { select, unit, state, missing, submittedAt } = words.columns;
  const sorted = { order, onOrder };
  return (
    <thead>
      <tr>
        {selection === null ? null : <th scope="col" className="matrix-select" tabIndex={-1}><span className="visually-hidden">{select}</span></th>}
        <SortHead {...sorted} by="unit" name={unit} className="matrix-unit">{unit}</SortHead>
        <SortHead {...sorted} by="state" name={state}>{state}</SortHead>
        <SortHead {...sorted} by="missing" name={missing} className="number">{missing}</SortHead>
        <th scope="col" className="number" tabIndex={-1}>{submittedAt}</th>
        {columns.map(({ code, row, label, name, unitWord }) => (
          <SortHead key={code} {...sorted} by={code} name={name} className="number matrix-figure"><span className="matrix-more">{row} · {unitWord}</span>{label}{name === label ? null : <span className="visually-hidden"> {name}</span>}</SortHead>
        ))}
      </tr>
    </thead>
  );
}

function SortHead({ by, name, className, order, onOrder, children }: Pick<MatrixProps, 'order' | 'onOrder'> & { readonly by: string; readonly name: string; readonly className?: string; readonly children: ReactNode }) {
  const words = useFiguresText().matrix;
  const direction = order.by === by ? (order.descending ? 'descending' : 'ascending') : null;
  return (
    <th scope="col" {...(className === undefined ? {} : { className })} {...(direction === null ? {} : { 'aria-sort': direction })}>
      <button type="button" tabIndex={-1} className="matrix-sort" title={words.sortBy(name)} onClick={() => onOrder(by)}>
        <span>{children}</span>
        {direction === null ? null : <span className="matrix-arrow"><Icon name="arrow_down" size={14} /></span>}
      </button>
    </th>
  );
}

/** Jurisdiction, own level, sum below, distinct: what belongs to all rows, whichever are chosen. */
function Totals({ matrix, columns, basis, selects }: Pick<MatrixProps, 'matrix' | 'columns' | 'basis'> & { readonly selects: boolean }) {
  const text = useText();
  const words = useFiguresText().matrix;
  const { own, jurisdiction, distinct, rows, unit } = matrix;
  const submitted = rows.filter((row) => row.submitted !== null).length;
  const lines: readonly { readonly key: string; readonly label: string; readonly view: string; readonly value: (column: MatrixColumn) => number | null }[] = [
    ...(basis === 'live' ? [{ key: 'jurisdiction', label: words.jurisdiction, view: 'live', value: ({ code }: MatrixColumn) => jurisdiction[code]?.value ?? 0 }] : []),
    { key: 'own', label: words.own, view: 'own', value: ({ code }) => own[code]?.value ?? 0 },
    { key: 'below', label: basis === 'live' ? words.totalOfChildren : words.totalOfSubmitted(submitted, rows.length), view: 'live', value: ({ code }) => sumOf(rows, code, basis) },
    ...(basis === 'live' ? [{ key: 'distinct', label: words.distinct, view: 'live', value: ({ code, countsEnterprises }: MatrixColumn) => (countsEnterprises ? (distinct[code] ?? 0) : null) }] : []),
  ];
  return (
    <>
      {lines.map(({ key, label, view, value }) => (
        <tr key={key} data-unit={unit.code} data-view={view}>
          {selects ? <td className="matrix-select" tabIndex={-1}><span className="visually-hidden">{words.noValue}</span></td> : null}
          <th scope="row" className="matrix-unit" tabIndex={-1}>{label}</th>
          <td tabIndex={-1}>{words.noValue}</td>
          <td className="number" tabIndex={-1}>{key === 'below' ? text.format.number(rows.reduce((sum, row) => sum + missingIn(row), 0)) : words.noValue}</td>
          <td className="number" tabIndex={-1}>{words.noValue}</td>
          {columns.map((column) => {
            const shown = value(column);
            return <td key={column.code} className="number matrix-figure" {...(shown === null ? {} : { 'data-cell': column.code })} tabIndex={-1}>{shown === null ? words.noValue : text.format.number(shown)}</td>;
          })}
        </tr>
      ))}
    </>
  );
}
