// «为什么不能？»: leads from a refusal to the page that explains it. Outside of a seat there is no such page.
import { Link, useParams } from 'react-router';
import { useText } from '../language/text.tsx';

export function WhyNot({ right, unitCode }: { readonly right: string; readonly unitCode: string }) {
  const text = useText();
  const { edition, seat } = useParams();
  if (edition === undefined || seat === undefined) return null;
  const parameters = new URLSearchParams({ ...(unitCode === seat ? {} : { unit: unitCode }), right });
  return <Link className="why-not" to={`/${edition}/${seat}/rights?${parameters.toString()}`}>{text.kit.whyNot}</Link>;
}
