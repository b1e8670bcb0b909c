// The services of the month (notice, part 四), each with one sentence: where the work is done that the ledger counts.
import { Link } from 'react-router';
import { PageTitle } from '../../app/page-title.tsx';
import { useSeat } from '../../app/session.tsx';
import { useServicesText } from '../../language/services.ts';
import { Icon } from '../../ui/icon.tsx';
import { Empty } from '../../ui/notice.tsx';
import { servicesOf } from './services.ts';
import './services.css';

export function ServicesPage() {
  const words = useServicesText();
  const seat = useSeat();
  const open = servicesOf(seat.roles);
  return (
    <>
      <PageTitle title={words.title} />
      {open.length === 0 ? <Empty>{words.none}</Empty> : (
        <ul className="services">
          {open.map(({ name, path, icon }) => (
            <li key={name}>
              <Link className="service" to={`${seat.base}${path}`}>
                <Icon name={icon} size={28} />
                <span><strong>{words.services[name].title}</strong><span className="hint">{words.services[name].what}</span></span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
