// Enterprises that do not exist: codes of a registration region that does not exist (99xxxx), both check characters right.
import { sql } from 'kysely';
import type { Tx } from '../kernel/database.ts';
import { nameBigrams, organisationCheckCharacter, usccCheckCharacter } from '../modules/enterprises/rules.ts';
import type { Instant } from '../shared/instant.ts';

export interface DemonstrationEnterprise {
  readonly uscc: string;
  readonly name: string;
}

const trades = ['精工科技', '生物医药', '新材料', '电子信息', '智能装备', '软件技术', '精细化工', '汽车零部件', '食品', '纺织', '光电科技', '轴承制造', '医疗器械', '环保设备', '茶业', '酒业'];

/** The number-th of them, from 1. Public code space is never touched: region 99xxxx is not assigned. */
export function enterpriseOf(number: number): DemonstrationEnterprise {
  const organisation = String(80_000_000 + number);
  const region = `99${String(1 + (number % 9999)).padStart(4, '0')}`;
  const first17 = `91${region}${organisation}${organisationCheckCharacter(organisation) ?? ''}`;
  return { uscc: `${first17}${usccCheckCharacter(first17) ?? ''}`, name: `演示${trades[number % trades.length] ?? ''}${String(number).padStart(4, '0')}有限公司` };
}

/** Registers the enterprises and returns their ids by code. One statement. */
export async function registerEnterprises(tx: Tx, enterprises: readonly DemonstrationEnterprise[], by: { readonly accountId: string; readonly now: Instant }): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; uscc: string }>`
    insert into enterprise as e (uscc, name, name_bigrams, demonstration, created_at, created_by)
    select uscc, name, string_to_array(bigrams, ' '), true, ${by.now}::timestamptz, ${by.accountId}
    from unnest(${enterprises.map(({ uscc }) => uscc)}::text[], ${enterprises.map(({ name }) => name)}::text[], ${enterprises.map(({ name }) => nameBigrams(name).join(' '))}::text[])
      as t(uscc, name, bigrams)
    on conflict (uscc) do update set name = e.name
    returning id, uscc`.execute(tx);
  return new Map(rows.map(({ id, uscc }) => [uscc, id]));
}
