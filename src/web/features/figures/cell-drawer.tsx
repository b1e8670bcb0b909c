// One cell opened: its figure in every sense, the units below, the records whose adds sum to it, adjustments, the month.
import { Link, useLocation, useNavigate } from 'react-router';
import { getCell } from '../../../modules/figures/contract.ts';
import { useRead } from '../../app/queries.ts';
import { pageOf, useSeat, useSubject } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/dialog.tsx';
import { Badge } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { Adjustments } from './adjustments.tsx';
import { countsEnterprises } from './annex-layout.ts';
import { CellRecords, recordsAtOnce } from './cell-records.tsx';
import type { CellAnswer, CellProps } from './table-answers.ts';
import { countsFrozen } from './table-view.ts';
import { Trend } from './trend.tsx';

export function CellDrawer({ onClose, ...cell }: CellProps & { readonly onClose: () => void }) {
  const subject = useSubject();
  const { indicator, unit, edition, name } = cell;
  const read = useRead(getCell, { edition: subject.edition, unitCode: subject.unitCode, indicator: indicator.code, offset: 0, limit: recordsAtOnce });
  return (
    <Drawer title={subject.own ? name : `${unit.unit.shortName} · ${name}`} onClose={onClose}>
      <WayBack {...cell} />
      <Shown read={read}>
        {(answer) => (
          <>
            <CellFacts {...cell} answer={answer} />
            <CellChildren {...cell} answer={answer} />
            <CellRecords {...cell} answer={answer} />
          </>
        )}
      </Shown>
      {unit.may.includes('read_ledger') ? <Adjustments indicator={indicator} mayChange={unit.may.includes('adjust_figures') && !edition.closed} /> : null}
      <Trend indicator={indicator} name={name} window={edition.definition.window} />
    </Drawer>
  );
}

/** From a unit's cell back to the same cell of the unit above it, up to where one sits. */
function WayBack({ unit, indicator }: CellProps) {
  const words = useFiguresText().cell;
  const seat = useSeat();
  const subject = useSubject();
  const navigate = useNavigate();
  const location = useLocation();
  const above = unit.line.find(({ code }) => code === unit.unit.parentCode);
  if (subject.own || above === undefined) return null;
  const cameFromAbove = (location.state as { readonly above?: string } | null)?.above === above.code;
  const back = (): void => void (cameFromAbove ? navigate(-1) : navigate(pageOf(seat, '/table', above.code, { cell: indicator.code })));
  return <div><Button kind="quiet" icon="arrow_left" onClick={back}>{words.back(above.shortName)}</Button></div>;
}

function CellFacts({ indicator, unit, view, answer }: CellProps & { readonly answer: CellAnswer }) {
  const text = useText();
  const words = useFiguresText();
  const { cell } = words;
  const counted = (value: number): string => `${text.format.number(value)}${words.unitWord(indicator)}`;
  const upper = unit.children.length > 0;
  const report = view.live.total[indicator.code];
  const frozen = view.frozen?.total[indicator.code];
  return (
    <div className="stack-tight">
      <dl className="cell-facts">
        <div><dt>{cell.own}</dt><dd className="cell-figure">{counted(answer.own.value)}</dd></div>
        {upper ? <div><dt>{cell.total}</dt><dd className="cell-figure">{counted(answer.total.value)}</dd></div> : null}
        {upper && report !== undefined && !countsFrozen(view) ? <div><dt>{cell.report}</dt><dd>{counted(report)}</dd></div> : null}
        {view.frozen === null || frozen === undefined ? null : <div><dt>{words.table.views.frozen(view.frozen.number)}</dt><dd>{counted(frozen)}</dd></div>}
      </dl>
      {upper && answer.total.adjustments !== answer.own.adjustments ? <p><Badge tone="warn" icon="pencil">{words.table.adjustedMark}</Badge> {cell.total} {words.table.adjusted(text.format.signed(answer.total.adjustments))}</p> : null}
      {answer.own.adjustments === 0 ? null : <p><Badge tone="warn" icon="pencil">{words.table.adjustedMark}</Badge> {cell.own} {words.table.adjusted(text.format.signed(answer.own.adjustments))}</p>}
      {answer.own.times === null ? null : <p className="hint">{words.sentence([words.table.times(text.format.number(answer.own.times)), cell.uncoded(text.format.number(answer.own.uncoded ?? 0))])}</p>}
      {upper && answer.distinct !== null ? <p className="hint">{cell.distinct(text.format.number(answer.distinct))}</p> : null}
    </div>
  );
}

function CellChildren({ indicator, unit, view, answer }: CellProps & { readonly answer: CellAnswer }) {
  const text = useText();
  const words = useFiguresText().cell;
  const seat = useSeat();
  if (unit.children.length === 0) return null;
  const enterprises = countsEnterprises(indicator);
  const included = new Map((countsFrozen(view) && view.frozen !== null ? view.frozen.children : view.live.children).map((child) => [child.unitCode, child.total]));
  const { unit: unitColumn, value, times, counted, state } = words.childColumns;
  return (
    <section className="stack-tight" aria-labelledby="cell-children">
      <h3 id="cell-children">{words.children}</h3>
      <p className="hint">{words.childrenHint}</p>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{unitColumn}</th>
              <th scope="col" className="number">{value}</th>
              {enterprises ? <th scope="col" className="number">{times}</th> : null}
              <th scope="col" className="number">{counted}</th>
              <th scope="col">{state}</th>
            </tr>
          </thead>
          <tbody>
            {answer.children.map((child) => (
              <tr key={child.unit.code}>
                <th scope="row"><Link to={pageOf(seat, '/table', child.unit.code, { cell: indicator.code })} state={{ above: unit.unit.code }} aria-label={words.openChild(child.unit.shortName)}>{child.unit.shortName}</Link></th>
                <td className="number">{text.format.number(child.value)}</td>
                {enterprises ? <td className="number">{child.times === null ? words.notCounted : text.format.number(child.times)}</td> : null}
                <td className="number">{numberOr(included.get(child.unit.code)?.[indicator.code], text.format.number, words.notCounted)}</td>
                <td className="nowrap">{text.shell.returnStates[child.state]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function numberOr(value: number | undefined, format: (value: number) => string, otherwise: string): string {
  return value === undefined ? otherwise : format(value);
}
