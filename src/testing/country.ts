// A small country for tests: two provinces, three cities, five counties, a zone, and named people with one role each.
// Codes lie in regions that do not exist (98, 99), so that nothing can be mistaken for a real unit.
import { sql } from 'kysely';
import type { Actor } from '../kernel/context.ts';
import type { Tx } from '../kernel/database.ts';
import type { Secrets } from '../kernel/secrets.ts';
import type { Duty, Role } from '../modules/access/model.ts';
import { dutyOf } from '../modules/access/rules/duties.ts';
import { bound, saveEnterpriseAccount, wrapContact } from '../modules/enterprise-accounts/queries.ts';
import { saveNewAccount } from '../modules/people/queries.ts';
import { syntheticUscc } from './uscc.ts';

interface CountryUnit {
  readonly code: string;
  readonly name: string;
  readonly kind: 'nation' | 'province' | 'prefecture' | 'county' | 'zone';
  readonly parent: string | null;
  /** The unit or its ancestors at depth 1, 2, 3. */
  readonly line: readonly string[];
}

function unit(code: string, name: string, kind: CountryUnit['kind'], parent: string | null, ...line: string[]): CountryUnit {
  return { code, name, kind, parent, line };
}

/** 晴川省 has two cities, three counties and a zone that reports to the province; 远海省 has one of each. */
export const countryUnits: readonly CountryUnit[] = [
  unit('000000', '全国', 'nation', null),
  unit('990000', '晴川省', 'province', '000000', '990000'),
  unit('990100', '东湖市', 'prefecture', '990000', '990000', '990100'),
  unit('990101', '望月县', 'county', '990100', '990000', '990100', '990101'),
  unit('990102', '听松县', 'county', '990100', '990000', '990100', '990102'),
  unit('990200', '西岭市', 'prefecture', '990000', '990000', '990200'),
  unit('990201', '观云县', 'county', '990200', '990000', '990200', '990201'),
  unit('990071', '晴川新区', 'zone', '990000', '990000', '990071'),
  unit('980000', '远海省', 'province', '000000', '980000'),
  unit('980100', '临港市', 'prefecture', '980000', '980000', '980100'),
  unit('980101', '听涛县', 'county', '980100', '980000', '980100', '980101'),
];

export const roles = ['clerk', 'reviewer', 'head', 'coordinator', 'national_office', 'system_administrator', 'security_administrator', 'auditor', 'column_editor', 'column_publisher'] as const;

/** `clerk of 990101`: one role at one unit. `enterprise of 990101`: the account of an enterprise that unit keeps. */
export type Person = `${(typeof roles)[number] | 'enterprise'} of ${string}`;

/** Units with an enterprise that has an account; its number is the unit's code. */
export const unitsWithEnterprise = ['990101', '990102', '980101'] as const;
export const usccOfUnit = (unitCode: string): string => syntheticUscc(Number(unitCode));

export function actorOf(person: Person): Actor {
  const [role = '', unitCode = ''] = person.split(' of ');
  const nobody = { accountId: accountIdOf(person), name: person, sessionHash: `session of ${person}`, standing: 'open', provedAt: null, reach: [], logReach: [] } as const;
  if (role === 'enterprise') return { ...nobody, grants: [], enterpriseId: Number(unitCode), enterpriseUnit: unitCode };
  return { ...nobody, grants: [{ role, unitCode }], enterpriseId: null, enterpriseUnit: null };
}

function dutyOfPerson(person: Person): Duty {
  return dutyOf(person.split(' of ')[0] as Role);
}

/** A stable uuid per person. */
function accountIdOf(person: Person): string {
  const [role = '', unitCode = ''] = person.split(' of ');
  const number = role === 'enterprise' ? 'e' : roles.indexOf(role as (typeof roles)[number]);
  return `00000000-0000-4000-8000-00000${number}${unitCode}`;
}

/** Units, lines and one account per role and unit. */
export async function settleCountry(tx: Tx): Promise<void> {
  await tx
    .insertInto('unit')
    .values(countryUnits.map(({ code, name, kind }) => ({
      code, name: `${name}市场监督管理局`, shortName: name, kind, provinceCode: Number(code.slice(0, 2)), pinyin: '', initials: '', placeCodes: [code], validFrom: '2000-01-01', validTo: null,
    })))
    .execute();
  await tx
    .insertInto('unitLine')
    .values(countryUnits.flatMap(({ code, parent }) => (parent === null ? [] : [{ unitCode: code, parentCode: parent, validFrom: '2000-01-01', validTo: null }])))
    .execute();
  const people = countryUnits.flatMap(({ code }) => roles.map((role): Person => `${role} of ${code}`));
  await tx
    .insertInto('account')
    .values(people.map((person) => ({ id: accountIdOf(person), signInName: person.replaceAll(' ', '.'), displayName: person, duty: dutyOfPerson(person), passwordHash: null, disabledAt: null, createdAt: '2023-01-01T00:00:00.000+08:00' })))
    .execute();
  await tx
    .insertInto('roleGrant')
    .values(people.flatMap((person) => actorOf(person).grants.map((grant) => ({ accountId: accountIdOf(person), duty: dutyOfPerson(person), ...grant }))))
    .execute();
  // Each head has gone through the accounts before June.
  await tx
    .insertInto('attestation')
    .values(countryUnits.map(({ code }) => ({ id: `attestation ${code}`, unitCode: code, year: 2023, attestedBy: accountIdOf(`head of ${code}`), attestedByName: `head of ${code}`, at: '2023-05-22T10:00:00.000+08:00' })))
    .execute();
}

/** One enterprise with an account at each of a few counties. */
export async function settleEnterprises(tx: Tx, secrets: Secrets): Promise<void> {
  const since = '2023-05-20T09:00:00.000+08:00';
  for (const unitCode of unitsWithEnterprise) {
    const { accountId, enterpriseId } = actorOf(`enterprise of ${unitCode}`);
    const uscc = usccOfUnit(unitCode);
    const name = `样板器材厂（${unitCode}）`;
    await tx.insertInto('enterprise').values({ id: Number(enterpriseId), uscc, name, nameBigrams: [], createdAt: since, createdBy: accountIdOf(`clerk of ${unitCode}`) }).execute();
    await saveNewAccount(tx, { id: accountId, signInName: uscc, displayName: name, duty: 'enterprise', demonstration: false, disabledAt: null }, since);
    const contact = await wrapContact(secrets, { name: '厂长', phone: '0571-00000000' }, bound.account(accountId));
    await saveEnterpriseAccount(tx, { accountId, enterpriseId: Number(enterpriseId), unitCode, contact, checked: '营业执照', openedBy: accountIdOf(`clerk of ${unitCode}`), openedByName: `clerk of ${unitCode}` }, since);
  }
}

/** Places the country's units in an edition. */
export async function placeCountry(tx: Tx, editionCode: string): Promise<void> {
  await tx
    .insertInto('placement')
    .values(countryUnits.map(({ code, parent, line }) => ({
      editionCode, unitCode: code, provinceCode: Number(code.slice(0, 2)), parentCode: parent, depth: line.length,
      p1: line[0] ?? null, p2: line[1] ?? null, p3: line[2] ?? null, sort: code,
    })))
    .execute();
  await sql`analyze placement`.execute(tx).catch(() => undefined);
}
