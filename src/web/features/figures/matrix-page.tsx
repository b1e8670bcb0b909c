// 汇总: the units below by indicators, with how each stands. What is chosen and sorted is in the address; what is ticked is not.
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { getEdition } from '../../../modules/editions/contract.ts';
import { getMatrix, type MatrixRow } from '../../../modules/figures/contract.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useServerNow } from '../../app/server-clock.ts';
import { pageOf, useEdition, useEnded, useMe, useSeat, useSubject } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { TextField } from '../../ui/field.tsx';
import { Empty, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { FormsBelow } from '../forms/forms-below.tsx';
import { MatrixCards } from './matrix-cards.tsx';
import { useMatrixColumns } from './matrix-column.ts';
import { type Basis, chosenRows, latenessOf, type MatrixFilter, matrixStatuses, mayBeReminded, orderAfter, orderedRows, statusCounts } from './matrix-order.ts';
import { MatrixTable } from './matrix-table.tsx';
import { dueBelow, type MatrixView, matrixViewOf, parametersAfter } from './matrix-view.ts';
import { RemindDialog } from './remind-dialog.tsx';
import { UnitTrail } from './unit-trail.tsx';
import './matrix.css';

export function MatrixPage() {
  const words = useFiguresText().matrix;
  const seat = useSeat();
  const subject = useSubject();
  const input = { edition: subject.edition, unitCode: subject.unitCode };
  const edition = useEdition(subject.unitCode);
  const unit = useRead(getUnit, input, { fresh: 60_000 });
  const matrix = useRead(getMatrix, input);
  const name = matrix.data?.unit.shortName;
  const title = subject.own || name === undefined ? words.title : `${name} · ${words.title}`;
  return (
    <div className="matrix-page">
      <UnitTrail line={unit.data?.line ?? []} page="/matrix" />
      <PageTitle
        title={title}
        aside={
          <>
            <FormsBelow edition={subject.edition} unitCode={subject.unitCode} unitName={matrix.data?.unit.name ?? subject.unitCode} title={edition.data?.definition.table.title ?? ''} />
            <Button icon="document" onClick={() => print()}>{words.print}</Button>
            <LinkButton icon="table" to={pageOf(seat, '/table', subject.unitCode)}>{words.toTable}</LinkButton>
          </>
        }
      />
      <Shown read={edition}>
        {(theEdition) => <Shown read={matrix}>{(theMatrix) => (theMatrix.rows.length === 0 ? <Empty>{words.noChildren}</Empty> : <Matrix key={subject.unitCode} edition={theEdition} matrix={theMatrix} />)}</Shown>}
      </Shown>
    </div>
  );
}

interface Answers {
  readonly edition: OutputOf<typeof getEdition>;
  readonly matrix: OutputOf<typeof getMatrix>;
}

function Matrix({ edition, matrix }: Answers) {
  const words = useFiguresText().matrix;
  const text = useText();
  const me = useMe();
  const seat = useSeat();
  const columns = useMatrixColumns(edition);
  const [view, setView] = useMatrixAddress(columns);
  const [nameWords, setNameWords] = useState('');
  const [layout, setLayout] = useState<'table' | 'cards'>(() => (matchMedia('(max-width: 639px)').matches ? 'cards' : 'table'));
  const now = useServerNow(60);
  const due = dueBelow(edition.deadlines);
  const lateness = useCallback((row: MatrixRow) => latenessOf(row, due, now), [due, now]);
  const wanted = useDeferredValue(nameWords);
  const rows = useMemo(
    () => orderedRows(chosenRows(matrix.rows, view.filter, wanted, (row) => lateness(row) !== null), view.order, view.basis),
    [matrix.rows, view, wanted, lateness],
  );
  // Whoever may remind ticks rows; the server decides once more.
  const ended = useEnded();
  const reminds = !ended && seat.roles.some((role) => role === 'coordinator' || role === 'national_office');
  const { selection, select, selectMany, clear } = useSelection();
  const chosen = matrix.rows.filter(({ unit }) => selection.has(unit.code));
  const shared = {
    matrix, rows, columns, basis: view.basis, order: view.order, onOrder: (by: string) => setView({ ...view, order: orderAfter(view.order, by) }),
    latenessOf: lateness, seat, selection: reminds ? selection : null, onSelect: select,
  };
  return (
    <>
      <Controls rows={matrix.rows} view={view} onView={setView} lateness={lateness} nameWords={nameWords} onNameWords={setNameWords} layout={layout} onLayout={setLayout} />
      <p className="print-only">{text.shell.edition(edition.definition.ordinal[text.code])}{me.demonstration ? ` · ${text.shell.demonstration} · ${text.shell.demonstrationLine}` : ''}</p>
      <div className="row-apart">
        <p className="hint">{words.intro(matrix.rows.length)} · {words.basisNotes[view.basis]} {words.asOf(text.format.shortInstant(matrix.asOf))}</p>
        <ExportButton edition={edition.definition.code} unitCode={matrix.unit.code} subjects={[{ kind: 'matrix', basis: view.basis }]} />
      </div>
      {reminds ? <Reminding edition={edition} chosen={chosen} onSelectAll={() => selectMany(rows.filter(mayBeReminded).map(({ unit }) => unit.code))} onClear={clear} /> : null}
      {rows.length === 0
        ? (
            <Empty
              action={
                <Button
                  onClick={() => {
                    setNameWords('');
                    setView({ ...view, filter: 'all' });
                  }}
                >
                  {words.emptyNext}
                </Button>
              }
            >
              {words.empty}
            </Empty>
          )
        : null}
      {layout === 'table' ? <MatrixTable {...shared} /> : <MatrixCards {...shared} />}
    </>
  );
}

const fixedColumns = ['unit', 'state', 'missing'];

function useMatrixAddress(columns: readonly { readonly code: string }[]): readonly [MatrixView, (view: MatrixView) => void] {
  const [parameters, setParameters] = useSearchParams();
  const view = useMemo(() => matrixViewOf(parameters, [...fixedColumns, ...columns.map(({ code }) => code)]), [parameters, columns]);
  return [view, (next) => setParameters((before) => parametersAfter(before, next), { replace: true, preventScrollReset: true })];
}

function useSelection() {
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const select = useCallback((code: string, selected: boolean) => setSelection((before) => {
    const next = new Set(before);
    if (selected) next.add(code);
    else next.delete(code);
    return next;
  }), []);
  return { selection, select, selectMany: (codes: readonly string[]) => setSelection(new Set(codes)), clear: () => setSelection(new Set()) };
}

function Controls({ rows, view, onView, lateness, nameWords, onNameWords, layout, onLayout }: {
  readonly rows: readonly MatrixRow[];
  readonly view: MatrixView;
  readonly onView: (view: MatrixView) => void;
  readonly lateness: (row: MatrixRow) => unknown;
  readonly nameWords: string;
  readonly onNameWords: (words: string) => void;
  readonly layout: 'table' | 'cards';
  readonly onLayout: (layout: 'table' | 'cards') => void;
}) {
  const text = useText();
  const words = useFiguresText().matrix;
  const counts = useMemo(() => statusCounts(rows, (row) => lateness(row) !== null), [rows, lateness]);
  const filters: readonly MatrixFilter[] = ['all', ...matrixStatuses, 'late'];
  return (
    <div className="matrix-controls screen-only">
      <div className="row">
        <Chips label={words.basisLabel} hiddenLabel options={[{ value: 'live', label: words.basis.live }, { value: 'submitted', label: words.basis.submitted }]} value={view.basis} onValue={(basis) => onView({ ...view, basis: basis as Basis })} />
        <TextField label={words.nameFilter} hiddenLabel placeholder={words.nameFilter} type="search" value={nameWords} onValue={onNameWords} />
        <Chips label={words.layoutLabel} hiddenLabel options={[{ value: 'table', label: words.asTable }, { value: 'cards', label: words.cards }]} value={layout} onValue={(chosen) => onLayout(chosen === 'cards' ? 'cards' : 'table')} />
      </div>
      <div className="matrix-filter">
        <Chips label={words.filterLabel} hiddenLabel options={filters.map((filter) => ({ value: filter, label: `${words.filters[filter]} ${text.format.number(counts[filter])}` }))} value={view.filter} onValue={(filter) => onView({ ...view, filter: filter as MatrixFilter })} />
      </div>
    </div>
  );
}

/** The line of 催报: it can always be pressed and says what is needed first. */
function Reminding({ edition, chosen, onSelectAll, onClear }: { readonly edition: OutputOf<typeof getEdition>; readonly chosen: readonly MatrixRow[]; readonly onSelectAll: () => void; readonly onClear: () => void }) {
  const words = useFiguresText().matrix;
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const none = chosen.length === 0;
  return (
    <div className="stack-tight screen-only">
      <div className="row matrix-reminding">
        <Button kind={none ? 'secondary' : 'primary'} icon="bell" onClick={() => (none ? setAsked(true) : setOpen(true))}>{none ? words.remind : words.remindCount(chosen.length)}</Button>
        <Button icon="check" onClick={onSelectAll}>{words.selectAll}</Button>
        {none ? null : <Button kind="quiet" icon="close" onClick={onClear}>{words.clearSelection}</Button>}
        <span role="status">{none ? '' : words.selected(chosen.length)}</span>
      </div>
      <div role="status">{asked && none ? <Notice tone="warn"><p>{words.remindNobody}</p></Notice> : null}</div>
      {open && !none ? (
        <RemindDialog
          edition={edition}
          chosen={chosen}
          onClose={() => setOpen(false)}
          onSent={() => {
            setOpen(false);
            setAsked(false);
            onClear();
          }}
        />
      ) : null}
    </div>
  );
}
