// fuwuyue seals check: every seal follows from the one before and is signed by its unit, and every sealed version still reads as it
// was sealed.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { sha256Of, sm3Of } from '../../kernel/digest.ts';
import { verifyWith } from '../../kernel/suites.ts';
import { listInstallationKeys, listUnitKeys } from '../../modules/keys/queries.ts';
import { certificateFault, type KeyTools, type SignatureFault, signatureFault } from '../../modules/keys/rules.ts';
import { listSeals, type Seal } from '../../modules/seals/queries.ts';
import { type ChainFault, digestsOf, firstChainFault, sealStatementText, type VersionFault, versionFault } from '../../modules/seals/rules.ts';
import type { Outcome } from '../terminal.ts';

interface SealFault {
  /** Number of the seal. */
  readonly number: number;
  readonly fault: ChainFault['fault'] | VersionFault | SignatureFault;
  readonly unitCode: string | null;
  readonly version: number | null;
}

const batch = 500;

/** Held: no fault. The first one is named. */
export async function checkSeals(tx: Tx): Promise<Outcome> {
  const seals = await listSeals(tx);
  const broken = firstChainFault(seals, sha256Of);
  const inChain: SealFault | null = broken === null ? null : { ...broken, unitCode: seals.find(({ number }) => number === broken.number)?.unit ?? null, version: null };
  const fault = inChain ?? (await firstSignatureFault(tx, seals)) ?? (await firstVersionFault(tx));
  const unsigned = seals.filter(({ signed }) => signed === null).length;
  const verdict = fault === null
    ? `${seals.length} 个签章链条完整，签名有效，内容未变${unsigned === 0 ? '' : `（其中 ${unsigned} 个盖于启用电子签名之前）`}。${seals.length} seals: the chain is whole, signatures hold and the contents are unchanged${unsigned === 0 ? '' : ` (${unsigned} are older than the keys of units)`}.`
    : `第 ${fault.number} 号签章有误。Seal ${fault.number} is at fault: ${fault.fault}${fault.unitCode === null ? '' : `, unit ${fault.unitCode}`}${fault.version === null ? '' : `, version ${fault.version}`}.`;
  return { held: fault === null, document: { seals: seals.length, unsigned, fault }, lines: [verdict] };
}

const tools: KeyTools = { encode: (text) => new TextEncoder().encode(text), verify: verifyWith };

/** Each signature by the key of its unit, and each key by its certificate, once. */
async function firstSignatureFault(tx: Tx, seals: readonly Seal[]): Promise<SealFault | null> {
  const issuers = await listInstallationKeys(tx);
  const wanted = seals.flatMap(({ unit, signed }) => (signed === null ? [] : [{ unit, key: signed.key }]));
  const keys = new Map((await listUnitKeys(tx, wanted)).map((key) => [`${key.unit} ${key.number}`, key]));
  const uncertified = new Map<string, SignatureFault>();
  for (const [name, key] of keys) {
    const fault = await certificateFault(key, issuers, tools);
    if (fault !== null) uncertified.set(name, fault);
  }
  for (const { signed, ...seal } of seals) {
    if (signed === null) continue;
    const name = `${seal.unit} ${signed.key}`;
    const fault = uncertified.get(name) ?? (await signatureFault(sealStatementText({ ...seal, by: signed.by }), signed, keys.get(name), tools));
    if (fault !== null) return { number: seal.number, fault, unitCode: seal.unit, version: seal.version };
  }
  return null;
}

interface SealedVersion {
  readonly number: number;
  readonly unitCode: string;
  readonly version: number;
  readonly sealedSha256: string;
  readonly sealedSm3: string;
  readonly sha256: string | null;
  readonly sm3: string | null;
  readonly content: object | null;
  readonly extension: unknown;
}

async function firstVersionFault(tx: Tx): Promise<SealFault | null> {
  for (let after = 0; ; ) {
    const { rows } = await sql<SealedVersion>`
      select s.number, s.unit_code, s.return_version as version, s.sha256 as sealed_sha256, s.sm3 as sealed_sm3, v.sha256, v.sm3, v.content, v.extension
      from seal_log s left join return_version v
        on v.province_code = left(s.unit_code, 2)::smallint and v.edition_code = s.edition_code and v.unit_code = s.unit_code and v.number = s.return_version
      where s.number > ${after} order by s.number limit ${batch}`.execute(tx);
    for (const row of rows) {
      const fault = faultOf(row);
      if (fault !== null) return { number: row.number, fault, unitCode: row.unitCode, version: row.version };
    }
    const last = rows.at(-1);
    if (last === undefined) return null;
    after = last.number;
  }
}

function faultOf({ content, extension, sha256, sm3, sealedSha256, sealedSm3 }: SealedVersion): VersionFault | null {
  const stored = content === null || sha256 === null || sm3 === null ? undefined : digestsOf({ content, extension, sha256, sm3 }, { sha256: sha256Of, sm3: sm3Of });
  return versionFault(stored, { sha256: sealedSha256, sm3: sealedSm3 });
}
