// Accounts of a unit: who waits for a second person, who has one, inviting, substitutes, the yearly confirmation.
import { useState } from 'react';
import { listAccounts } from '../../../modules/people/contract.ts';
import type { ListedAccount } from '../../../modules/people/model.ts';
import { rolesAt } from '../../../modules/people/rules.ts';
import { dutyOf } from '../../../modules/access/rules/duties.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { pageOf, useSeat } from '../../app/session.tsx';
import { useAccountsText } from '../../language/accounts.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { UnitPicker } from '../../ui/unit-picker.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { type AccountAct, type AccountRights, ActsDialog, AddRolesDialog, hasActs, RecoverDialog, StateDialog, TakeRoleDialog } from './account-dialogs.tsx';
import { AccountState, type Place, rolesInWords } from './account-parts.tsx';
import { Attestation } from './attestation.tsx';
import { InviteForm } from './invite-form.tsx';
import { LinkDialog, type OneTimeLink } from './link-dialog.tsx';
import { NamingDialog, SubstitutionList } from './substitutes.tsx';
import { WaitingList } from './waiting-list.tsx';
import './people.css';

type Answer = OutputOf<typeof listAccounts>;

export function AccountsPage() {
  const words = useAccountsText();
  const seat = useSeat();
  const [place, setPlace] = useState<Place>({ code: seat.unitCode, name: seat.unitName });
  const accounts = useRead(listAccounts, { unitCode: place.code });
  // A clerk's county has nobody below; who only keeps the own unit needs no picker.
  const looksDown = seat.roles.some((role) => role !== 'head' && role !== 'clerk' && role !== 'reviewer' && role !== 'column_editor' && role !== 'column_publisher');
  return (
    <>
      <PageTitle title={words.of(place.name)} aside={<ExportButton key={place.code} edition={seat.edition} unitCode={place.code} subjects={[{ kind: 'accounts' }]} />} />
      {looksDown ? <div className="setup-form"><UnitPicker edition={seat.edition} label={words.unit} within={seat.unitCode} onPick={({ code, name }) => setPlace({ code, name })} /></div> : null}
      <Shown read={accounts}>{(answer) => <Accounts key={place.code} answer={answer} place={place} />}</Shown>
    </>
  );
}

function Accounts({ answer, place }: { readonly answer: Answer; readonly place: Place }) {
  const words = useAccountsText();
  const seat = useSeat();
  const unit = useRead(getUnit, { edition: seat.edition, unitCode: place.code }, { fresh: 60_000 }).data;
  const { may } = answer;
  const security = may.includes('approve_grants') && seat.roles.includes('security_administrator');
  // Roles of the three administrators are proposed by a system or a security administrator only (people/rules.ts).
  const keepsAll = seat.roles.includes('system_administrator');
  const offered = unit === undefined ? [] : rolesAt({ code: place.code, kind: unit.unit.kind, hasChildren: unit.children.length > 0 }).filter((role) => (dutyOf(role) === 'business' ? may.includes('manage_accounts') : keepsAll || security));
  const rights = { manage: may.includes('manage_accounts'), recover: may.includes('recover_accounts'), substitute: may.includes('name_substitutes'), keys: may.includes('keep_keys') };
  return (
    <>
      <Attestation answer={answer} place={place} />
      <WaitingList requests={answer.requests} recoveries={answer.recoveries} />
      {answer.accounts.length === 0 ? <Empty>{words.none}</Empty> : <AccountTable answer={answer} place={place} rights={rights} offered={offered} />}
      {offered.length > 0 ? <InviteForm place={place} offered={offered} /> : null}
      <section className="panel stack setup-form" aria-labelledby="accounts-substitutes">
        <h2 id="accounts-substitutes">{words.substitutes.title}</h2>
        <SubstitutionList substitutions={answer.substitutions} unitCode={place.code} revokes={rights.substitute} />
      </section>
    </>
  );
}

interface Acting {
  readonly account: ListedAccount;
  readonly act: AccountAct;
}

function AccountTable({ answer, place, rights, offered }: { readonly answer: Answer; readonly place: Place; readonly rights: AccountRights; readonly offered: ReturnType<typeof rolesAt> }) {
  const text = useText();
  const words = useAccountsText();
  const seat = useSeat();
  const [acting, setActing] = useState<Acting | null>(null);
  const [link, setLink] = useState<OneTimeLink | null>(null);
  const close = (): void => setActing(null);
  // Whoever works at the unit reads its trail, and an auditor that of the units below.
  const reads = seat.roles.some((role) => role === 'auditor' || (place.code === seat.unitCode && dutyOf(role) === 'business'));
  const trailOf = ({ id }: ListedAccount): string => pageOf(seat, '/setup/audit', place.code, { kind: 'account', subject: id });
  const any = reads || answer.accounts.some((account) => hasActs(account, rights));
  return (
    <>
      <div className="table-scroll table-cards">
        <table className="table">
          <thead><tr><th>{words.columns.name}</th><th>{words.columns.signInName}</th><th>{words.columns.roles}</th><th>{words.columns.state}</th>{any ? <th>{words.columns.acts}</th> : null}</tr></thead>
          <tbody>
            {answer.accounts.map((account) => (
              <tr key={account.id}>
                <td>{account.displayName}</td><td>{account.signInName}</td><td>{rolesInWords(text, account.grants, place.code)}</td>
                <td><AccountState account={account} /></td>
                {any ? <td>{!hasActs(account, rights) ? (reads ? <LinkButton kind="quiet" icon="history" to={trailOf(account)}>{text.shell.pages.audit}</LinkButton> : null) : <Button icon="more" aria-label={words.acts.menu(account.displayName)} onClick={() => setActing({ account, act: 'menu' })}>{words.columns.acts}</Button>}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {acting === null ? null : acting.act === 'menu' ? (
        <ActsDialog
          account={acting.account} rights={rights} handOverTo={`${seat.base}/setup/hand-over?account=${acting.account.id}&unit=${place.code}`} keysAt={`${seat.base}/setup/accounts/${acting.account.id}/keys`} trailAt={reads ? trailOf(acting.account) : null} onClose={close}
          onAct={(act) => setActing({ ...acting, act })} onLink={(made) => { close(); setLink(made); }}
        />
      ) : <OneAct acting={acting} answer={answer} place={place} offered={offered} onClose={close} />}
      {link === null ? null : <LinkDialog link={link} onClose={() => setLink(null)} />}
    </>
  );
}

function OneAct({ acting: { account, act }, answer, place, offered, onClose }: {
  readonly acting: Acting; readonly answer: Answer; readonly place: Place; readonly offered: ReturnType<typeof rolesAt>; readonly onClose: () => void;
}) {
  if (act === 'add_roles') return <AddRolesDialog account={account} place={place} offered={offered} onClose={onClose} />;
  if (act === 'take_role') return <TakeRoleDialog account={account} onClose={onClose} />;
  if (act === 'recover') return <RecoverDialog account={account} onClose={onClose} />;
  if (act === 'state') return <StateDialog account={account} onClose={onClose} />;
  const colleagues = answer.accounts.filter(({ id, disabledAt }) => id !== account.id && disabledAt === null);
  return <NamingDialog holder={account} grants={account.grants.filter(({ unitCode }) => unitCode === place.code)} colleagues={colleagues} unitCode={place.code} onClose={onClose} />;
}
