// On the return's page: the way to the package, and what the document-exchange system answered, in the history.
import { getPackage } from '../../../modules/packages/contract.ts';
import type { ReturnView } from '../../../modules/returns/model.ts';
import { useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { usePackagesText } from '../../language/packages.ts';
import { LinkButton } from '../../ui/button.tsx';
import { ReceiptList } from './exchange-receipts.tsx';

interface OnReturn {
  readonly view: ReturnView;
  readonly own: boolean;
}

const hasSeal = ({ view, own }: OnReturn): boolean => own && view.basis === 'own' && view.acts.some(({ act }) => act === 'seal');

export function PackageLink(given: OnReturn) {
  const words = usePackagesText();
  const seat = useSeat();
  return hasSeal(given) ? <LinkButton icon="download" to={`${seat.base}/package`}>{words.open}</LinkButton> : null;
}

export function ExchangeHistory(given: OnReturn) {
  const words = usePackagesText().exchange;
  const seat = useSeat();
  const when = hasSeal(given);
  const { data } = useRead(getPackage, { edition: seat.edition, unitCode: seat.unitCode }, { when });
  if (!when || data === undefined || data.receipts.length === 0) return null;
  return <div className="stack-tight"><h3>{words.title}</h3><ReceiptList receipts={data.receipts} /></div>;
}
