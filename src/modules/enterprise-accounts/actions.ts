// Coming in: an enterprise asks for an account, and opens it with its code and a first password. And what it sees of itself.
import { randomUUID } from 'node:crypto';
import { beyondReach } from '../../kernel/database.ts';
import { type Context, found, implement, implementInStages, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { problem } from '../../shared/problem.ts';
import { provinceOfUnit, recordId } from '../../shared/province.ts';
import { authoriseEnterprise } from '../access/queries.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import { normaliseUscc } from '../enterprises/rules.ts';
import { admit } from '../sign-in/arriving.ts';
import { hashPassword } from '../sign-in/passwords.ts';
import { findCredentials, savePasswordAfter, takeSignInLink } from '../sign-in/queries.ts';
import { choosePassword } from '../sign-in/rules.ts';
import { countTry, forgetTries } from '../sign-in/tries.ts';
import { findPlacement } from '../units/queries.ts';
import { findNamedUnits } from '../units/reading.ts';
import * as contract from './contract.ts';
import { keepingActions } from './keeping.ts';
import { bound, countWaiting, findOwn, hashOfCode, listServicesOf, listUnitsAt, listViewsOf, newCode, saveAsking, saveContact, type StoredAccount, tokenOfCode, unwrapContact, wrapContact } from './queries.ts';
import { mayAsk, placeOfCode, plainCode, printedCode } from './rules.ts';

const shownUnits = 12;

const findUnits = implement(contract.findCompetentUnits, async ({ tx }, { uscc, query }) => {
  const edition = await findCurrentEditionCode(tx);
  if (edition === undefined) return { units: [] };
  if (query.trim() !== '') {
    const named = await findNamedUnits(tx, edition, query, { within: null, limit: shownUnits + 2, home: null });
    return { units: named.filter(({ depth }) => depth > 1).slice(0, shownUnits).map(({ code, name }) => ({ code, name })) };
  }
  const place = placeOfCode(normaliseUscc(uscc));
  return { units: place === null ? [] : await listUnitsAt(tx, edition, place) };
});

const ask = implement(contract.askForAccount, async (context, { uscc, name, contact, unitCode }) => {
  const { tx, now, secrets } = context;
  const edition = found(await findCurrentEditionCode(tx), 'edition', 'current');
  const unit = found(await findPlacement(tx, edition, unitCode), 'unit', unitCode);
  if (unit.depth < 2) raise(problem('refused_by_rule', { rule: 'unit_keeps_no_accounts' }));
  const code = newCode();
  const provinceCode = provinceOfUnit(unitCode);
  const id = recordId(provinceCode, randomUUID());
  const request = { provinceCode, id, unitCode, uscc, name, contact: await wrapContact(secrets, contact, bound.request(id)), codeHash: hashOfCode(code), askedAt: now };
  await beyondReach(tx, 'asking_for_account', async () => {
    enforce(mayAsk(await countWaiting(tx, unitCode, uscc)));
    await saveAsking(tx, request);
  });
  context.record({ action: 'enterprise_accounts.ask', unitCode, subjectKind: 'enterprise', subjectId: uscc, after: { name } });
  return { code: printedCode(code) };
});

const start = implementInStages(
  contract.startAccount,
  async (context, { uscc, password }) => {
    if (password !== null) enforce(choosePassword(password, [uscc]));
    // On the code of the enterprise, known or not: nobody tries codes without end.
    await countTry(context, uscc, 'password');
    return password === null ? null : hashPassword(password);
  },
  async (context, { uscc, code }, passwordHash) => {
    const { tx, now } = context;
    const accountId = await takeSignInLink(tx, tokenOfCode(plainCode(code)), now);
    const own = accountId === undefined ? undefined : await findCredentials(tx, { accountId });
    if (own === undefined || own.disabledAt !== null || own.duty !== 'enterprise' || own.signInName !== uscc) raise(problem('sign_in_refused'));
    // Made-up enterprises look around without a password.
    if (passwordHash === null && !own.demonstration) raise(problem('refused_by_rule', { rule: 'password_first' }));
    if (passwordHash !== null && !(await savePasswordAfter(tx, own.accountId, own.version, passwordHash, now))) raise(problem('sign_in_refused'));
    await forgetTries(tx, uscc, 'password');
    await admit(context, own, { action: 'enterprise_accounts.start', by: 'link', enrolling: false, proved: true });
    return { done: true as const };
  },
);

async function ownAccount(context: Context): Promise<StoredAccount> {
  authoriseEnterprise(context);
  return found(await findOwn(context.tx, context.actor.accountId), 'account', context.actor.accountId);
}

const getOwn = implement(contract.getOwnAccount, async (context) => {
  const own = await ownAccount(context);
  const { name: unitName } = await context.tx.selectFrom('unit').select('name').where('code', '=', own.unitCode).executeTakeFirstOrThrow();
  return { uscc: own.uscc, name: own.name, unitName, contact: await unwrapContact(context.secrets, own.contact, bound.account(own.accountId)), openedAt: own.openedAt };
});

const changeContact = implement(contract.changeOwnContact, async (context, { contact }) => {
  const { tx, secrets } = context;
  const own = await ownAccount(context);
  await saveContact(tx, own.accountId, await wrapContact(secrets, contact, bound.account(own.accountId)));
  // Who it was and is, is not for the log.
  context.record({ action: 'enterprise_accounts.change_contact', unitCode: own.unitCode, subjectKind: 'enterprise', subjectId: own.uscc });
  return { done: true as const };
});

const services = implement(contract.listOwnServices, async (context) => {
  const { enterpriseId } = authoriseEnterprise(context);
  return { services: await beyondReach(context.tx, 'own_services', () => listServicesOf(context.tx, enterpriseId)) };
});

const views = implement(contract.listOwnViews, async (context) => {
  const { uscc } = await ownAccount(context);
  return { views: await beyondReach(context.tx, 'own_views', () => listViewsOf(context.tx, uscc)) };
});

export const enterpriseAccountActions: readonly Implementation[] = [findUnits, ask, start, getOwn, changeContact, services, views, ...keepingActions];
