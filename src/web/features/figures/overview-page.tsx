// 概览: the nation or a province at a glance: headline figures, how far the returns are, where, in which order, over the month.
import { useMemo, useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { getEdition } from '../../../modules/editions/contract.ts';
import { getMatrix } from '../../../modules/figures/contract.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useServerNow } from '../../app/server-clock.ts';
import { pageOf, useEdition, useMe, useSeat, useSubject } from '../../app/session.tsx';
import { useOverviewText } from '../../language/overview.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Empty, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { type MatrixColumn, useMatrixColumns } from './matrix-column.ts';
import { type Basis, latenessOf } from './matrix-order.ts';
import { dueBelow, sumOf } from './matrix-view.ts';
import { Ranking } from './overview-ranking.tsx';
import { Tiles } from './overview-tiles.tsx';
import { byState, isBare, progressOf } from './overview-view.ts';
import { useSeen } from './seen.ts';
import { TrendBody } from './trend.tsx';
import { UnitTrail } from './unit-trail.tsx';
import './matrix.css';
import './overview.css';
import './table.css';

export function OverviewPage() {
  const words = useOverviewText();
  const me = useMe();
  const seat = useSeat();
  const subject = useSubject();
  const input = { edition: subject.edition, unitCode: subject.unitCode };
  const edition = useEdition(subject.unitCode);
  const unit = useRead(getUnit, input, { fresh: 60_000 });
  const matrix = useRead(getMatrix, input);
  const shown = matrix.data?.unit;
  const title = shown === undefined ? words.title : shown.kind === 'nation' ? words.ofNation : words.of(shown.shortName);
  return (
    <div className="overview-page">
      <UnitTrail line={unit.data?.line ?? []} page="/overview" />
      <PageTitle
        title={title}
        aside={
          <>
            <Button icon="document" onClick={() => print()}>{words.print}</Button>
            <LinkButton icon="grid" to={pageOf(seat, '/matrix', subject.unitCode)}>{words.toMatrix}</LinkButton>
          </>
        }
      />
      {me.demonstration ? <Notice tone="warn"><p>{words.demonstration}</p></Notice> : null}
      <Shown read={edition}>{(theEdition) => <Shown read={matrix}>{(theMatrix) => <Overview key={subject.unitCode} edition={theEdition} matrix={theMatrix} />}</Shown>}</Shown>
    </div>
  );
}

interface Answers {
  readonly edition: OutputOf<typeof getEdition>;
  readonly matrix: OutputOf<typeof getMatrix>;
}

function Overview({ edition, matrix }: Answers) {
  const text = useText();
  const words = useOverviewText();
  const seat = useSeat();
  const { unit, rows, own } = matrix;
  const columns = useMatrixColumns(edition);
  const [choice, choose] = useChoice(columns);
  const now = useServerNow(60);
  const due = dueBelow(edition.deadlines);
  const progress = useMemo(() => progressOf(rows, (row) => latenessOf(row, due, now) !== null), [rows, due, now]);
  if (rows.length === 0) return <Empty action={<LinkButton icon="table" to={pageOf(seat, '/table', unit.code)}>{words.toTable}</LinkButton>}>{words.noChildren}</Empty>;
  const column = columns.find(({ code }) => code === choice.show) ?? null;
  const bare = isBare(rows, Object.values(own).some(({ value }) => value !== 0));
  return (
    <>
      <div className="row overview-controls screen-only">
        <Chips label={words.basisLabel} hiddenLabel options={[{ value: 'live', label: words.basis.live }, { value: 'submitted', label: words.basis.submitted }]} value={choice.basis} onValue={(basis) => choose({ basis })} />
        <SelectField label={words.choose} value={choice.show} onValue={(show) => choose({ show })} options={[{ value: byState, label: words.byState }, ...columns.map(({ code, name, unitWord }) => ({ value: code, label: words.rankingOf(name, unitWord) }))]} />
      </div>
      <div className="row-apart">
        <p className="hint">{words.basisNotes[choice.basis]} {words.asOf(text.format.shortInstant(matrix.asOf))}</p>
        <ExportButton edition={edition.definition.code} unitCode={unit.code} subjects={[{ kind: 'overview', basis: choice.basis, indicator: column?.code ?? null }, { kind: 'matrix', basis: choice.basis }]} />
      </div>
      {bare ? <Empty>{words.empty}</Empty> : <Headline matrix={matrix} columns={columns} basis={choice.basis} />}
      <ProgressPanel progress={progress} />
      <div className="overview-columns">
        <Tiles rows={rows} nation={unit.kind === 'nation'} column={column} basis={choice.basis} due={due} now={now} />
        <Ranking rows={rows} column={column} basis={choice.basis} />
      </div>
      <MonthPanel column={column ?? columns[0] ?? null} edition={edition} />
    </>
  );
}

interface Choice {
  readonly basis: Basis;
  /** `state`, or an indicator's code. */
  readonly show: string;
}

function useChoice(columns: readonly MatrixColumn[]): readonly [Choice, (change: { readonly basis?: string; readonly show?: string }) => void] {
  const [parameters, setParameters] = useSearchParams();
  const wanted = parameters.get('show') ?? '';
  const first = columns[0]?.code ?? byState;
  const show = wanted === byState || columns.some(({ code }) => code === wanted) ? wanted : first;
  const choice: Choice = { basis: parameters.get('basis') === 'submitted' ? 'submitted' : 'live', show };
  const choose = (change: { readonly basis?: string; readonly show?: string }): void =>
    setParameters((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(change)) next.set(name, value);
      return next;
    }, { replace: true, preventScrollReset: true });
  return [choice, choose];
}

/** The first cell of each printed row, each leading to its sources. */
function Headline({ matrix, columns, basis }: { readonly matrix: Answers['matrix']; readonly columns: readonly MatrixColumn[]; readonly basis: Basis }) {
  const text = useText();
  const words = useOverviewText();
  const seat = useSeat();
  const { unit, rows, own, jurisdiction } = matrix;
  const heads = columns.filter((column, index) => !column.extension && columns.findIndex(({ row }) => row === column.row) === index);
  const submitted = rows.filter((row) => row.submitted !== null).length;
  return (
    <section className="panel" aria-labelledby="overview-headline">
      <h2 id="overview-headline">{words.headline}</h2>
      <ul className="overview-figures">
        {heads.map(({ code, label, unitWord }) => {
          const value = basis === 'live' ? (jurisdiction[code]?.value ?? 0) : sumOf(rows, code, 'submitted');
          const beside = basis === 'live' ? words.headlineOwn(text.format.number(own[code]?.value ?? 0)) : words.headlineSubmitted(submitted, rows.length);
          return (
            <li key={code}>
              <Link to={pageOf(seat, '/table', unit.code, { view: 'live', cell: code })}>
                <span className="overview-label">{label}</span>
                <span className="overview-figure">{text.format.number(value)}<small>{unitWord}</small></span>
              </Link>
              <span className="hint">{beside}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function ProgressPanel({ progress }: { readonly progress: ReturnType<typeof progressOf> }) {
  const text = useText();
  const words = useOverviewText();
  const { children, submitted, accepted, late, missing, units, unitsSubmitted } = progress;
  const shown = text.format.number;
  const bars = [
    { label: words.numbers.submitted, done: submitted, all: children },
    { label: words.numbers.accepted, done: accepted, all: children },
    { label: words.numbers.units, done: unitsSubmitted, all: units },
  ];
  return (
    <section className="panel stack-tight" aria-labelledby="overview-progress">
      <h2 id="overview-progress">{words.progress}</h2>
      <p>{words.sentence(shown(children), shown(submitted), shown(accepted))} {words.rest(shown(missing), shown(late))}</p>
      <ul className="overview-bars">
        {bars.map(({ label, done, all }) => (
          <li key={label}>
            <span>{label}</span>
            <span className="bar-track" role="img" aria-label={words.progressBar(label, shown(done), shown(all))}><span className="bar" style={{ inlineSize: `${all === 0 ? 0 : (done / all) * 100}%` }} /></span>
            <span className="number">{words.progressOf(shown(done), shown(all))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The month of the chosen indicator, drawn once it comes into sight. */
function MonthPanel({ column, edition }: { readonly column: MatrixColumn | null; readonly edition: Answers['edition'] }) {
  const words = useOverviewText();
  const own = useRef<HTMLElement>(null);
  const seen = useSeen(own);
  const indicator = edition.definition.indicators.find(({ code }) => code === column?.code) ?? edition.extensions.find(({ definition }) => definition.code === column?.code)?.definition;
  if (column === null || indicator === undefined) return null;
  return (
    <section ref={own} className={`panel stack-tight overview-month${seen ? '' : ' overview-unseen'}`} aria-labelledby="overview-month">
      <h2 id="overview-month">{words.trend} · {words.rankingOf(column.name, column.unitWord)}</h2>
      {seen ? <TrendBody indicator={indicator} name={column.name} window={edition.definition.window} /> : null}
    </section>
  );
}
