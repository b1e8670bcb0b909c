// Other units that took part. They are named and count nothing (domain 9, question 3).
import { getUnit } from '../../../modules/units/contract.ts';
import { useRead } from '../../app/queries.ts';
import { useEntryText } from '../../language/entry.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { UnitPicker } from '../../ui/unit-picker.tsx';
import type { CoHost } from './entry-form-state.ts';

export interface CoHostsProps {
  readonly id: string;
  readonly edition: string;
  readonly coHosts: readonly CoHost[];
  readonly onCoHosts: (coHosts: readonly CoHost[]) => void;
  readonly error: string | null;
}

export function CoHosts({ id, edition, coHosts, onCoHosts, error }: CoHostsProps) {
  const words = useEntryText();
  return (
    <div className="stack-tight">
      <UnitPicker
        id={id} edition={edition} label={words.coHosts} hint={words.coHostsHint} error={error}
        onPick={({ code, name }) => (coHosts.some((one) => one.code === code) ? undefined : onCoHosts([...coHosts, { code, name }]))}
      />
      {coHosts.length === 0 ? null : (
        <ul className="enterprise-list" aria-label={words.coHosts}>
          {coHosts.map((coHost) => <Listed key={coHost.code} coHost={coHost} edition={edition} onRemove={() => onCoHosts(coHosts.filter(({ code }) => code !== coHost.code))} />)}
        </ul>
      )}
    </div>
  );
}

function Listed({ coHost, edition, onRemove }: { readonly coHost: CoHost; readonly edition: string; readonly onRemove: () => void }) {
  const text = useText();
  const unit = useRead(getUnit, { edition, unitCode: coHost.code }, { when: coHost.name === '', fresh: 300_000 });
  const name = coHost.name === '' ? (unit.data?.unit.name ?? coHost.code) : coHost.name;
  return (
    <li>
      <span className="grow">{name}</span>
      <Button kind="quiet" icon="close" iconOnly onClick={onRemove}>{text.kit.remove(name)}</Button>
    </li>
  );
}
