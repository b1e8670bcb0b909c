// Where the demonstration takes place: units of a few provinces as the edition places them, and the enterprises each works with.
import { sql } from 'kysely';
import type { Tx } from '../kernel/database.ts';
import type { UnitKind } from '../modules/units/model.ts';
import type { Placement } from '../modules/units/queries.ts';
import { nationUnit } from '../shared/wire.ts';
import { type DemonstrationEnterprise, enterpriseOf } from './enterprises.ts';

/** How far a province has come: everything submitted, well under way, or only begun. */
export type Standing = 'complete' | 'under_way' | 'begun';

export interface Stage {
  readonly provinces: readonly { readonly unitCode: string; readonly standing: Standing }[];
  /** The county whose people, with those of every unit above it, get sign-in links. */
  readonly tourCounty: string;
}

/** 上海 is through, 浙江 well under way, 四川 has begun; the tour starts in 杭州市余杭区. All other provinces stay empty. */
export const realStage: Stage = {
  provinces: [
    { unitCode: '310000', standing: 'complete' },
    { unitCode: '330000', standing: 'under_way' },
    { unitCode: '510000', standing: 'begun' },
  ],
  tourCounty: '330110',
};

export interface Scene extends Placement {
  readonly name: string;
  readonly shortName: string;
  readonly kind: UnitKind;
  readonly standing: Standing;
  readonly children: readonly string[];
}

export const leafOf = (scene: Scene): boolean => scene.children.length === 0;

/** Units of the stage in tree order, and the nation. */
export async function readScenes(tx: Tx, editionCode: string, stage: Stage): Promise<{ scenes: Scene[]; nation: Scene }> {
  const provinces = stage.provinces.map(({ unitCode }) => unitCode);
  const { rows } = await sql<Placement & { name: string; shortName: string; kind: UnitKind }>`
    select pl.unit_code, pl.parent_code, pl.depth, pl.p1, pl.p2, pl.p3, pl.province_code, u.name, u.short_name, u.kind
    from placement pl join unit u on u.code = pl.unit_code
    where pl.edition_code = ${editionCode} and (pl.p1 = any(${provinces}::text[]) or pl.unit_code = ${nationUnit})
    order by pl.sort, pl.unit_code`.execute(tx);
  const standings = new Map(stage.provinces.map(({ unitCode, standing }) => [unitCode, standing]));
  const children = new Map<string | null, string[]>();
  for (const { parentCode, unitCode } of rows) children.set(parentCode, [...(children.get(parentCode) ?? []), unitCode]);
  const all = rows.map((row): Scene => ({
    ...row, standing: standings.get(row.p1 ?? '') ?? 'begun', children: children.get(row.unitCode) ?? [],
  }));
  const nation = all.find(({ unitCode }) => unitCode === nationUnit);
  if (nation === undefined) throw new Error(`edition ${editionCode} has no tree`);
  return { scenes: all.filter((scene) => scene !== nation), nation };
}

/** Enterprises of a unit: a few at home in each county; an upper unit works with those of everybody below. */
export function enterprisesOf(scenes: readonly Scene[], total: number): { all: DemonstrationEnterprise[]; around: (scene: Scene) => readonly DemonstrationEnterprise[] } {
  const leaves = scenes.filter(leafOf);
  const homes = new Map<string, DemonstrationEnterprise[]>();
  const all = Array.from({ length: total }, (_, index) => enterpriseOf(index + 1));
  const add = (code: string | null, enterprise: DemonstrationEnterprise): void => {
    if (code !== null) homes.set(code, [...(homes.get(code) ?? []), enterprise]);
  };
  for (const [index, enterprise] of all.entries()) {
    const home = leaves[index % leaves.length];
    if (home !== undefined) for (const code of new Set([home.unitCode, home.p3, home.p2, home.p1])) add(code, enterprise);
  }
  return { all, around: (scene) => homes.get(scene.unitCode) ?? [] };
}
