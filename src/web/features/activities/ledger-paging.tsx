// Pages of a list, as links: they can be opened beside each other and come back with the browser's back.
import { useSearchParams } from 'react-router';
import { useActivitiesText } from '../../language/activities.ts';
import { useText } from '../../language/text.tsx';
import { LinkButton } from '../../ui/button.tsx';

export function Paging({ page, total, atOnce }: { readonly page: number; readonly total: number; readonly atOnce: number }) {
  const text = useText();
  const words = useActivitiesText();
  const [parameters] = useSearchParams();
  const pages = Math.max(1, Math.ceil(total / atOnce));
  if (pages === 1) return null;
  const to = (wanted: number): { search: string } => {
    const next = new URLSearchParams(parameters);
    next.delete('entry');
    if (wanted === 1) next.delete('page');
    else next.set('page', String(wanted));
    return { search: next.toString() };
  };
  return (
    <nav className="row ledger-paging" aria-label={words.pages}>
      {page > 1 ? <LinkButton icon="arrow_left" to={to(Math.min(page - 1, pages))}>{words.previous}</LinkButton> : null}
      <span>{words.page(text.format.number(page), text.format.number(pages))}</span>
      {page < pages ? <LinkButton icon="arrow_right" to={to(page + 1)}>{words.next}</LinkButton> : null}
    </nav>
  );
}
