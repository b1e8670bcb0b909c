// Standing in for another: the line on every page that says so, and the buttons that change over and back.
import { listOwn, standIn } from '../../../modules/people/contract.ts';
import type { Substitution } from '../../../modules/people/model.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useMe } from '../../app/session.tsx';
import { useAccountsText } from '../../language/accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import './people.css';

/** Roles, name and pages are all others then: the application begins anew. */
function useChangeOver() {
  const command = useCommand(standIn);
  const change = async (substitutionId: string | null): Promise<void> => {
    if ((await command.run({ substitutionId })) !== null) location.assign('/');
  };
  return { change, busy: command.busy, failure: command.failure };
}

export function StandingIn() {
  const text = useText();
  const words = useAccountsText().substitutes;
  const me = useMe();
  const { change, busy, failure } = useChangeOver();
  if (me.standingInFor === null) return null;
  return (
    <div className="standing-in" role="status">
      <Icon name="people" size={18} />
      <span className="grow">{words.banner(me.standingInFor.holderName, text.format.date(me.standingInFor.lastDay))}<span className="standing-in-more">{words.bannerMore(me.standingInFor.holderName)}</span></span>
      <Button kind="quiet" busy={busy} onClick={() => void change(null)}>{words.back}</Button>
      <FailureNotice failure={failure} kept="nothing" />
    </div>
  );
}

/** One button for each person one may stand in for today. */
export function StandInButtons({ substitutions, onDone }: { readonly substitutions: readonly Substitution[]; readonly onDone?: () => void }) {
  const words = useAccountsText().substitutes;
  const me = useMe();
  const { change, busy, failure } = useChangeOver();
  const open = substitutions.filter(({ id, substituteId, running }) => running && substituteId === me.account.id && id !== me.standingInFor?.substitutionId);
  if (open.length === 0 && me.standingInFor === null) return null;
  return (
    <div className="stack-tight">
      <FailureNotice failure={failure} kept="nothing" />
      {open.map(({ id, accountName }) => <Button key={id} icon="people" busy={busy} onClick={() => { onDone?.(); void change(id); }}>{words.standIn(accountName)}</Button>)}
      {me.standingInFor === null ? null : <Button icon="undo" busy={busy} onClick={() => { onDone?.(); void change(null); }}>{words.back}</Button>}
    </div>
  );
}

/** In the account menu: whom one may stand in for today, asked for when the menu opens. */
export function StandInMenu({ onDone }: { readonly onDone: () => void }) {
  const own = useRead(listOwn, {}, { fresh: 60_000 });
  return own.data === undefined ? null : <StandInButtons substitutions={own.data.substitutions} onDone={onDone} />;
}
