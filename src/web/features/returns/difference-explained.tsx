// Why the total is not the sum of the units below: terms that add up exactly, and what is left over, said plainly.
import { useState } from 'react';
import { getDifference } from '../../../modules/returns/contract.ts';
import { useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useReturnsText } from '../../language/returns.ts';
import { useText } from '../../language/text.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import type { Cells } from './cells.ts';
import { addsUp, type CellDifference, type Difference, differenceIn, sumsByKind } from './difference.ts';
import { Rows } from './parts.tsx';
import type { ReturnParts } from './return-parts.ts';

export function DifferenceExplained({ parts }: { readonly parts: ReturnParts }) {
  const seat = useSeat();
  const read = useRead(getDifference, { edition: seat.edition, unitCode: parts.view.unit.code });
  return <Shown read={read}>{(difference) => <Explained difference={difference} cells={parts.cells} />}</Shown>;
}

function Explained({ difference, cells }: { readonly difference: Difference; readonly cells: Cells }) {
  const text = useText();
  const words = useReturnsText().difference;
  const all = cells.codes.map((code) => differenceIn(difference, code));
  const unexplained = all.filter((cell) => !addsUp(cell)).length;
  // Begins where there is most to explain.
  const [chosen, setChosen] = useState(() => all.reduce((most, cell) => (explaining(cell) > explaining(most) ? cell : most), all[0] ?? differenceIn(difference, '')).indicator);
  const cell = differenceIn(difference, chosen);
  const amount = (value: number): string => `${text.format.signed(value)}${cells.unitWordOf(chosen)}`;
  const plain = (value: number): string => `${text.format.number(value)}${cells.unitWordOf(chosen)}`;
  const { own_level: _own, ...otherTerms } = Object.fromEntries(sumsByKind(cell.lines).map((sum) => [sum.kind, sum]));
  return (
    <>
      <p>{words.intro}</p>
      {unexplained === 0 ? <Notice tone="ok"><p>{words.allResidualNone(all.length)}</p></Notice> : <Notice tone="error"><p>{words.allResidualSome(unexplained)}</p></Notice>}
      <div className="return-pick"><SelectField label={words.pick} value={chosen} options={cells.codes.map((code) => ({ value: code, label: cells.nameOf(code) }))} onValue={setChosen} /></div>
      <dl className="return-sum" aria-live="polite">
        <div><dt>{words.childrenNow}</dt><dd className="number">{plain(cell.childrenNow)}</dd></div>
        {sumsByKind(cell.lines).map(({ kind, units, amount: value }) => <div key={kind}><dt>{kind === 'own_level' ? words.terms[kind] : words.termSum(words.terms[kind], units)}</dt><dd className="number">{amount(value)}</dd></div>)}
        <div className="return-sum-total"><dt>{words.total}</dt><dd className="number">{plain(cell.total)}</dd></div>
        <div><dt>{words.residual}</dt><dd>{addsUp(cell) ? words.residualNone : words.residualSome(amount(cell.residual))}</dd></div>
      </dl>
      {cell.adjusted === 0 ? null : <p>{words.adjusted(amount(cell.adjusted))}</p>}
      {Object.keys(otherTerms).length === 0 ? <p>{words.equal}</p> : <Terms cell={cell} amount={amount} />}
    </>
  );
}

/** How much of a cell's difference is not simply the own level. */
function explaining(cell: CellDifference): number {
  return cell.lines.reduce((sum, { kind, amount }) => sum + (kind === 'own_level' ? 0 : Math.abs(amount)), Math.abs(cell.residual));
}

function Terms({ cell, amount }: { readonly cell: CellDifference; readonly amount: (value: number) => string }) {
  const words = useReturnsText().difference;
  const lines = cell.lines.filter(({ kind }) => kind !== 'own_level');
  return (
    <Rows caption={words.intro} head={[words.columns.term, words.columns.unit, { number: words.columns.amount }]}>
      {lines.map((line) => (
        <tr key={`${line.kind} ${line.unitCode ?? ''}`}>
          <td>{words.terms[line.kind]}</td>
          <th scope="row">{line.unitName ?? '—'}</th>
          <td className="number">{line.kind === 'missing' ? words.listed : amount(line.amount)}</td>
        </tr>
      ))}
    </Rows>
  );
}
