// Every act on a return, newest first: who did what when, on which version, and why.
import { Link } from 'react-router';
import type { ActView } from '../../../modules/returns/model.ts';
import { pageOf, useSeat } from '../../app/session.tsx';
import { useReturnsText } from '../../language/returns.ts';
import { useText } from '../../language/text.tsx';
import { Badge, Empty } from '../../ui/notice.tsx';
import { Reasons, Rows } from './parts.tsx';
import type { ReturnParts } from './return-parts.ts';

export function History({ parts }: { readonly parts: ReturnParts }) {
  const words = useReturnsText();
  const { columns, none, noneFromAbove } = words.history;
  const text = useText();
  const seat = useSeat();
  const { acts, basis, unit } = parts.view;
  if (acts.length === 0) return <Empty>{basis === 'own' ? none : noneFromAbove}</Empty>;
  return (
    <>
      <Rows caption={words.sections.history} head={[columns.at, columns.what, columns.who, columns.version, columns.note]}>
        {[...acts].reverse().map((act) => <OneAct key={act.number} act={act} parts={parts} />)}
      </Rows>
      {unit.code === seat.unitCode ? <p><Link to={pageOf(seat, '/setup/audit', unit.code, { kind: 'return', subject: `${seat.edition}/${unit.code}` })}>{text.shell.pages.audit}</Link></p> : null}
    </>
  );
}

function OneAct({ act, parts }: { readonly act: ActView; readonly parts: ReturnParts }) {
  const text = useText();
  const words = useReturnsText();
  const seat = useSeat();
  const { view, cells } = parts;
  return (
    <tr>
      <td className="nowrap"><time dateTime={act.at}>{text.format.shortInstant(act.at)}</time></td>
      <th scope="row" className="nowrap">{words.done[act.act]}{act.late === true ? <> <Badge tone="warn" icon="clock">{words.late}</Badge></> : null}</th>
      <td className="nowrap">{act.accountName}{act.actingUnitCode === view.unit.code ? null : <span className="hint"> {words.history.upper}</span>}</td>
      <td className="nowrap">{act.returnVersion === 0 ? '—' : words.history.versionOf(act.returnVersion)}</td>
      <td className="return-note">
        {act.receiptCode === null ? null : <span className="return-code">{act.receiptCode}</span>}
        {act.signed === null ? null : <span className="hint"> {words.history.signed(act.actingUnitCode !== view.unit.code, act.signed.key)}</span>}
        {act.reasons.length === 0 ? null : <Reasons reasons={act.reasons} cells={cells} to={(cell) => pageOf(seat, '/table', view.unit.code, { cell })} />}
      </td>
    </tr>
  );
}
