// Packages made before: who made them when, with their digests; the last few can be downloaded again as the same bytes.
import { packagesKept, type PackageRecord } from '../../../modules/packages/model.ts';
import { type PackagesText, usePackagesText } from '../../language/packages.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty, FailureNotice } from '../../ui/notice.tsx';
import { Rows } from '../returns/parts.tsx';
import { useMaking } from './use-making.ts';

export function Earlier({ packages, mayMake }: { readonly packages: readonly PackageRecord[]; readonly mayMake: boolean }) {
  const text = useText();
  const words = usePackagesText();
  const making = useMaking();
  const { columns, title, none, keptHint } = words.earlier;
  return (
    <section className="panel stack" aria-labelledby="earlier">
      <h2 id="earlier">{title}</h2>
      <FailureNotice failure={making.failure} kept="read" />
      {packages.length === 0 ? <Empty>{none}</Empty> : (
        <>
          <Rows caption={title} head={[columns.at, columns.version, columns.who, columns.size, columns.digest, columns.act]}>
            {packages.map((one) => (
              <tr key={one.id}>
                <th scope="row" className="nowrap"><time dateTime={one.at}>{text.format.shortInstant(one.at)}</time></th>
                <td className="nowrap">{words.versionOf(one.returnVersion)}</td>
                <td className="nowrap">{one.accountName === 'system' ? words.earlier.bySystem : one.accountName}</td>
                <td className="nowrap">{text.format.bytes(one.bytes)}<br /><span className="hint">{words.earlier.contents(one.units, one.evidence)}</span></td>
                <td className="package-digest">SHA-256 {one.sha256}<br />SM3 {one.sm3}</td>
                <td className="nowrap">
                  {one.kept && mayMake ? (
                    <Button icon="download" busy={making.state !== 'idle'} aria-label={words.earlier.downloadOf(text.format.shortInstant(one.at))} onClick={() => void making.take(one.id, one.bytes)}>{words.earlier.download}</Button>
                  ) : <span className="hint">{whereIs(one, words)}</span>}
                </td>
              </tr>
            ))}
          </Rows>
          <p className="hint">{keptHint(packagesKept)}</p>
        </>
      )}
    </section>
  );
}

/** Why there is nothing to press. */
function whereIs({ kept, accountName }: PackageRecord, { earlier }: PackagesText): string {
  if (kept) return '—';
  return accountName === 'system' ? earlier.elsewhere : earlier.gone;
}
