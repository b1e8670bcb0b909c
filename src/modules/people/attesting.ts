// Once a year, before June: the head of a unit goes through its accounts and says of each whether it stays (等保: 多余账户).
import { found, implement, type Implementation } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { dateOf } from '../../shared/instant.ts';
import { authorise } from '../access/queries.ts';
import { forgetIdentity } from '../sign-in/identity.ts';
import * as contract from './contract.ts';
import { deleteGrant, listListedAt } from './queries.ts';
import { getCurrentEdition, personOf } from './reach.ts';
import { attestedAt, decideAttestation, yearOf } from './rules.ts';
import { stopAccount } from './stopping.ts';
import { findAttestation, saveAttestation } from './substitutions.ts';

const attest = implement(contract.attest, async (context, { unitCode, accounts }) => {
  const { tx, actor, now } = context;
  await authorise(context, 'attest_accounts', await getCurrentEdition(context), unitCode);
  const listed = attestedAt(await listListedAt(tx, unitCode, now), unitCode);
  enforce(decideAttestation(listed.map(({ id }) => id), accounts, actor.accountId));
  const said = listed.map((one) => ({ ...one, verdict: accounts.find(({ accountId }) => accountId === one.id)?.verdict ?? ('keep' as const) }));
  for (const { id, verdict, grants } of said) {
    // Another unit's roles are not this head's to end: who works there too loses only the roles here.
    const elsewhere = grants.some((one) => one.unitCode !== unitCode);
    if (verdict === 'keep') continue;
    for (const grant of grants.filter((one) => one.unitCode === unitCode)) await deleteGrant(tx, id, grant);
    if (verdict === 'disable' && !elsewhere) await stopAccount(context, id);
    forgetIdentity(id, now);
  }
  const year = yearOf(dateOf(now));
  await saveAttestation(tx, { unitCode, year, accounts: said.map(({ id, displayName, verdict }) => ({ accountId: id, accountName: displayName, verdict })) }, personOf(context), now);
  context.record({
    action: 'people.attest', unitCode, subjectKind: 'unit', subjectId: unitCode, after: { year, accounts: said.map(({ signInName, displayName, verdict }) => ({ signInName, displayName, verdict })) },
  });
  return found(await findAttestation(tx, unitCode, year), 'attestation', unitCode);
});

export const attestingActions: readonly Implementation[] = [attest];
