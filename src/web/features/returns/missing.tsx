// Units below whose return is not accepted: not counted, listed with the table. The way to remind them and to review what came.
import { Link } from 'react-router';
import { pageOf, useSeat } from '../../app/session.tsx';
import { useReturnsText } from '../../language/returns.ts';
import { useText } from '../../language/text.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { countsFrozen } from '../figures/table-view.ts';
import { StateBadge } from './life.tsx';
import { Rows } from './parts.tsx';
import type { ReturnParts } from './return-parts.ts';

export function Missing({ parts }: { readonly parts: ReturnParts }) {
  const text = useText();
  const words = useReturnsText();
  const seat = useSeat();
  const { view, unit, own } = parts;
  const { missing } = countsFrozen(view) && view.frozen !== null ? view.frozen : view.live;
  const note = view.findings.find(({ check }) => check === 'missing_children')?.note ?? null;
  return (
    <section className="panel stack" aria-labelledby="missing">
      <div className="row-apart">
        <h2 id="missing">{words.sections.missing}</h2>
        {missing.length > 0 && own && unit.may.includes('set_deadline') ? <LinkButton icon="bell" to={`${seat.base}/matrix`}>{words.missing.toMatrix}</LinkButton> : null}
      </div>
      {missing.length === 0 ? <Notice tone="ok"><p>{words.missing.none}</p></Notice> : (
        <>
          <p>{words.missing.intro(missing.length)}</p>
          {note === null ? null : <p><strong>{words.missing.note}：</strong>{note}</p>}
          <Rows caption={words.sections.missing} head={[words.missing.columns.unit, words.missing.columns.state]}>
            {missing.map(({ unitCode, name, state }) => (
              <tr key={unitCode}>
                <th scope="row"><Link to={pageOf(seat, '/return', unitCode)}>{name}</Link></th>
                <td>
                  <span className="row-tight">
                    <StateBadge state={state} />
                    {state === 'submitted' && own ? <Link to={pageOf(seat, '/review', unitCode)} aria-label={words.missing.review(name)}>{text.shell.pages.review}</Link> : null}
                  </span>
                </td>
              </tr>
            ))}
          </Rows>
        </>
      )}
    </section>
  );
}
