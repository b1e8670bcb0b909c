// Enterprises as a table, on a phone as cards: the same lines, laid out by enterprises.css.
import { Link } from 'react-router';
import type { RegisterLine, TargetTag } from '../../../modules/enterprises/model.ts';
import { useSeat } from '../../app/session.tsx';
import { useEnterprisesText } from '../../language/enterprises.ts';
import { useText } from '../../language/text.tsx';
import { Badge } from '../../ui/notice.tsx';

export interface RegisterListProps {
  readonly enterprises: readonly RegisterLine[];
  /** Null: nothing can be chosen. */
  readonly chosen: ReadonlySet<string> | null;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
  /** Whether the reader may see contacts at all. */
  readonly contacts: boolean;
}

export function RegisterList({ enterprises, chosen, onChosen, contacts }: RegisterListProps) {
  const text = useText();
  const words = useEnterprisesText().register;
  const seat = useSeat();
  const { columns } = words;
  const toggle = (uscc: string): void => {
    const next = new Set(chosen);
    if (!next.delete(uscc)) next.add(uscc);
    onChosen(next);
  };
  return (
    <div className="table-scroll register-cards">
      <table className="table register" aria-label={words.list}>
        <thead>
          <tr>
            {chosen === null ? null : <th scope="col" className="screen-only">{columns.choose}</th>}
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.tags}</th>
            <th scope="col">{columns.served}</th>
            <th scope="col">{columns.last}</th>
            {contacts ? <th scope="col">{columns.contacts}</th> : null}
          </tr>
        </thead>
        <tbody>
          {enterprises.map((one) => (
            <tr key={one.uscc}>
              {chosen === null ? null : <td className="screen-only register-choose"><label className="check"><input type="checkbox" checked={chosen.has(one.uscc)} onChange={() => toggle(one.uscc)} aria-label={words.choose(one.name)} /></label></td>}
              <th scope="row" className="register-name">
                <Link to={`${seat.base}/enterprises/${one.uscc}`}>{one.name}</Link>
                <span className="hint register-code">{one.uscc}</span>
              </th>
              <td><span className="row-tight">{one.target ? <Badge tone="action" icon="check">{words.onlyTarget}</Badge> : null}<Tags tags={one.tags} /></span></td>
              <td>{one.services === 0 ? <span className="hint">{words.notServed}</span> : <span className="nowrap">{words.times(text.format.number(one.services))}</span>}</td>
              <td className="nowrap">{one.lastServedOn === null ? '' : text.format.shortDate(one.lastServedOn)}</td>
              {contacts ? <td>{one.contacts === 0 ? '' : words.contactCount(text.format.number(one.contacts))}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Tags({ tags }: { readonly tags: readonly TargetTag[] }) {
  const words = useEnterprisesText();
  return tags.map((tag) => <Badge key={tag}>{words.tags[tag]}</Badge>);
}
