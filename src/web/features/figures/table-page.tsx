// 统计表: the annex as navigation of figures, its findings beside it, a drawer for each cell. View and open cell are in the address.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type NavigateOptions, useLocation, useNavigate, useSearchParams } from 'react-router';
import { getTable } from '../../../modules/figures/contract.ts';
import { getReturn } from '../../../modules/returns/contract.ts';
import type { ReturnView } from '../../../modules/returns/model.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { pageOf, useEdition, useSeat, useSubject } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Empty, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { FormReadingLink } from '../form-reading/forms-behind.tsx';
import { FormDownload } from '../forms/form-download.tsx';
import { Annex } from './annex.tsx';
import { annexLines, cellName } from './annex-layout.ts';
import { CellDrawer } from './cell-drawer.tsx';
import { Findings } from './findings.tsx';
import { browserMeasure, isSubstituted } from './fonts.ts';
import { type RovingCells, useRovingCells } from './roving.ts';
import type { TableAnswers } from './table-answers.ts';
import { Analysis, CountingNotes, OwnRows } from './table-beside.tsx';
import { checkedView, type TableSources, type ViewName, viewNamed, viewsOf } from './table-view.ts';
import './table.css';

export function TablePage() {
  const words = useFiguresText().table;
  const subject = useSubject();
  const seat = useSeat();
  const input = { edition: subject.edition, unitCode: subject.unitCode };
  const edition = useEdition(subject.unitCode);
  const unit = useRead(getUnit, input, { fresh: 60_000 });
  const table = useRead(getTable, input);
  const view = useRead(getReturn, input);
  usePrintedPage('annex');
  const title = subject.own || unit.data === undefined ? words.title : words.ofUnit(unit.data.unit.name);
  return (
    <div className="table-page">
      <PageTitle
        title={title}
        aside={
          <>
            {subject.own ? null : <LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/table`}>{words.up}</LinkButton>}
            <FormDownload edition={subject.edition} view={view.data} />
            <Button icon="document" title={words.printHint} onClick={() => print()}>{words.print}</Button>
            {subject.own ? <FormReadingLink /> : null}
            <LinkButton icon="send" to={pageOf(seat, '/return', subject.unitCode)}>{words.toReturn}</LinkButton>
          </>
        }
      />
      <Shown read={edition}>
        {(theEdition) => (
          <Shown read={unit}>
            {(theUnit) => (
              <Shown read={table}>
                {(theTable) => <Shown read={view}>{(theView) => <Table key={subject.unitCode} edition={theEdition} unit={theUnit} table={theTable} view={theView} />}</Shown>}
              </Shown>
            )}
          </Shown>
        )}
      </Shown>
    </div>
  );
}

function Table({ edition, unit, table, view }: TableAnswers) {
  const text = useText();
  const words = useFiguresText();
  const seat = useSeat();
  const { definition, extensions } = edition;
  const upper = unit.children.length > 0;
  const address = useCellAddress();
  const shown = viewNamed(address.view, view, upper);
  const lines = useMemo(() => annexLines(definition.indicators, extensions), [definition, extensions]);
  const indicators = useMemo(() => lines.map(({ indicator }) => indicator), [lines]);
  const codes = useMemo(() => indicators.map(({ code }) => code), [indicators]);
  const nameOf = useCallback((code: string) => cellName(indicators, code, (one) => (text.code === 'en' ? one.englishLabel : one.label)), [indicators, text.code]);
  const cells = useRovingCells(codes);
  const opened = address.cell !== null && codes.includes(address.cell) ? address.cell : null;
  useReturnToCell(opened, cells);
  const sources: TableSources = { table, view };
  const shared = { sources, view: shown, nameOf, cells, opened, onOpen: address.open };
  const indicator = indicators.find(({ code }) => code === opened);
  return (
    <>
      <ViewChoice view={view} shown={shown} upper={upper} onView={address.show} />
      <ViewNotes table={table} view={view} shown={shown} upper={upper} />
      {table.entries === 0 && unit.may.includes('write_ledger')
        ? <Empty action={<LinkButton kind="primary" icon="add" to={`${seat.base}/ledger/new`}>{words.table.emptyNext}</LinkButton>}>{words.table.empty}</Empty>
        : null}
      <div className="table-columns">
        <div className="stack">
          <Annex {...shared} lines={lines.filter(({ extension }) => !extension)} definition={definition} unitView={view} />
          <p className="hint screen-only">{words.table.dataHint} · {words.table.keys}</p>
          <FontNote />
        </div>
        <div className="stack table-aside">
          <Findings
            edition={edition}
            view={view}
            nameOf={nameOf}
            onGo={(code) => {
              address.show(checkedView(view, upper));
              cells.focus(code, true);
            }}
          />
        </div>
        <div className="stack table-below">
          <OwnRows {...shared} lines={lines.filter(({ extension }) => extension)} />
          <Analysis definition={definition} table={table} own={shown === 'own' || !upper} nameOf={nameOf} onOpen={address.open} />
          <CountingNotes definition={definition} />
        </div>
      </div>
      {indicator === undefined ? null : <CellDrawer key={`${view.unit.code} ${indicator.code}`} {...{ edition, unit, table, view }} indicator={indicator} name={nameOf(indicator.code)} onClose={address.close} />}
    </>
  );
}

/** Names the page that paper gets while this component is there (table.css). */
function usePrintedPage(name: string): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset['print'] = name;
    return () => {
      delete dataset['print'];
    };
  }, [name]);
}

interface CellAddress {
  readonly cell: string | null;
  readonly view: string | null;
  readonly open: (code: string) => void;
  readonly close: () => void;
  readonly show: (view: ViewName) => void;
}

/** Opening a cell is a step of the browser's history, so that back closes it; another cell while one is open takes its place. */
function useCellAddress(): CellAddress {
  const [parameters, setParameters] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const cell = parameters.get('cell');
  const set = (changes: { readonly [name: string]: string | null }, options: NavigateOptions): void => {
    setParameters((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) next.delete(name);
        else next.set(name, value);
      }
      return next;
    }, { preventScrollReset: true, ...options });
  };
  const view = parameters.get('view');
  // The view the cell was opened from: going back leads to it, so that is the way only while it is still the one on screen.
  const openedFrom = (location.state as { readonly openedFrom?: string | null } | null)?.openedFrom;
  return {
    cell,
    view,
    open: (code) => set({ cell: code }, cell === null ? { state: { openedFrom: view } } : { replace: true, state: location.state as unknown }),
    close: () => {
      if (openedFrom === view) void navigate(-1);
      else set({ cell: null }, { replace: true });
    },
    show: (view) => set({ view }, { replace: true, state: location.state as unknown }),
  };
}

/** A cell that the address opens is in sight; a drawer that closes gives the focus back to its cell, whoever opened it. */
function useReturnToCell(opened: string | null, { focus, reveal }: RovingCells): void {
  const before = useRef<string | null>(null);
  const known = useRef(false);
  useEffect(() => {
    if (opened !== null && !known.current) reveal(opened);
    if (before.current !== null && opened === null) focus(before.current);
    before.current = opened;
    known.current = true;
  }, [opened, focus, reveal]);
}

function ViewChoice({ view, shown, upper, onView }: { readonly view: ReturnView; readonly shown: ViewName; readonly upper: boolean; readonly onView: (view: ViewName) => void }) {
  const words = useFiguresText().table;
  const views = viewsOf(view, upper);
  if (views.length === 1) return null;
  const options = views.map((name) => ({ value: name, label: name === 'frozen' ? words.views.frozen(view.frozen?.number ?? 0) : words.views[name] }));
  return (
    <div className="screen-only">
      <Chips label={words.viewLabel} hiddenLabel options={options} value={shown} onValue={(value) => onView(value as ViewName)} />
    </div>
  );
}

/** What the figures on screen are, and of when. */
function ViewNotes({ table, view, shown, upper }: Pick<TableAnswers, 'table' | 'view'> & { readonly shown: ViewName; readonly upper: boolean }) {
  const text = useText();
  const words = useFiguresText().table;
  const { frozen, live } = view;
  const notes = {
    own: view.basis === 'submitted' ? words.viewNotes.ownFromAbove : upper ? words.viewNotes.own : words.viewNotes.ownOnly,
    live: words.viewNotes.live,
    report: words.viewNotes.report(live.children.length, live.missing.length),
    frozen: frozen === null ? '' : words.viewNotes.frozen(text.format.shortInstant(frozen.frozenAt), view.preparedByName ?? frozen.preparedBy),
  };
  const moved = view.basis === 'own' && shown === 'frozen' && frozen !== null && table.ledgerNo > frozen.ledgerNo;
  return (
    <div className="stack-tight screen-only">
      <p className="hint">{notes[shown]} {words.entries(text.format.number(table.entries))} · {words.asOf(text.format.shortInstant(table.asOf))}</p>
      {moved ? <Notice tone="warn"><p>{words.viewNotes.ledgerMoved(frozen.ledgerNo, table.ledgerNo)}</p></Notice> : null}
    </div>
  );
}

function FontNote() {
  const words = useFiguresText().table;
  const [substituted] = useState(() => {
    const measure = browserMeasure();
    return measure !== null && isSubstituted(measure);
  });
  return substituted ? <p className="hint screen-only">{words.substituteFont}</p> : null;
}
