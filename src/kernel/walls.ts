// The second wall (docs/decisions/0027): what the database itself refuses, should a query forget its scope. Requests work as the role
// `fuwuyue_app`, which sees rows of the caller's units only and cannot change what is append-only. Tables are classified here as
// data; the machine's own work (commands, housekeeping, backup) is the owner's and is not bound.
import { createHash } from 'node:crypto';
import type pg from 'pg';

export const appRole = 'fuwuyue_app';

/** What the role may do with a table. `append`: rows come and stay as they came, but for the columns named. */
type Rights = 'read' | 'append' | 'keep' | 'change' | { readonly append: readonly string[] };

/**
 * Which rows it sees: those `of` the units the caller reaches; those of the enterprise whose account it is, and of them a unit only what is
 * shared with it (it may leave there what it may not read); those `through` a walled table; its own account's; or all, for a
 * reason. `log`: of units whose log the caller
 * reads (a security administrator of those only what auditors did), and the own acts; records may be left about any unit.
 */
type Rows = 'of_unit' | 'of_enterprise' | 'of_account' | 'log' | { readonly through: string } | { readonly open: string };

interface Classified {
  readonly rights: Rights;
  readonly rows: Rows;
}

const people = { rights: 'change', rows: { open: 'of people, asked for before anybody knows who calls; the policy is their wall' } } as const;
const tree = { rights: 'change', rows: { open: 'which units there are and who reports to whom is public' } } as const;
const keys = { open: 'public keys are made to be shown, private ones are wrapped under the root secret, which is not in the database' } as const;
const published = { open: 'made to be read by everybody' } as const;
const ofUnit = (rights: Rights): Classified => ({ rights, rows: 'of_unit' });
const proof = (rights: Rights): Classified => ({ rights, rows: { open: 'hashes and signatures, made to be shown' } });

/** Every table. A new one fails src/walls.module.test.ts until it stands here. */
export const tables: { readonly [table: string]: Classified } = {
  audit_event: { rights: 'append', rows: 'log' },
  request_key: { rights: 'append', rows: 'of_account' },
  log_head: proof('keep'),
  log_leaf: proof('append'),
  log_node: proof('append'),
  log_checkpoint: proof('append'),
  log_witness: proof('keep'),
  log_cosignature: proof('append'),
  log_origin: proof('keep'),
  installation_key: { rights: 'append', rows: keys },
  unit_key: { rights: 'keep', rows: keys },
  setting: { rights: 'read', rows: { open: 'facts about the installation, no unit\'s' } },
  operation_run: { rights: 'read', rows: { open: 'runs of the installation, no unit\'s' } },

  place: { rights: 'read', rows: tree.rows },
  unit: tree,
  unit_line: tree,
  placement: tree,
  edition: { rights: 'keep', rows: { open: 'the official table and its rules are public' } },
  internal_deadline: { rights: 'change', rows: { open: 'set by a unit for all below it, who must be able to read it' } },
  extension_row: { rights: 'change', rows: { open: 'a province\'s own rows, which all its units fill in' } },
  enterprise: { rights: 'keep', rows: { open: 'code and name, which are public' } },

  account: people,
  enterprise_account: people,
  role_grant: people,
  session: people,
  sign_in_link: people,
  sign_in_attempt: people,
  sign_in_ticket: people,
  sign_in_challenge: people,
  password_before: people,
  totp: people,
  recovery_code: people,
  passkey: people,
  ukey: people,
  linked_identity: people,
  known_device: people,
  account_notice: people,
  grant_request: people,
  requested_role: people,
  recovery: people,
  substitution: people,
  substituted_role: people,
  attestation: people,
  attested_account: people,

  enterprise_record: ofUnit('change'),
  enterprise_contact: ofUnit('keep'),
  target_enterprise: ofUnit('change'),
  enterprise_merge: ofUnit({ append: ['undone_at', 'undone_by_name', 'undone_reason'] }),

  enterprise_account_request: ofUnit('keep'),
  assessment: { rights: 'change', rows: 'of_enterprise' },

  media_item: ofUnit('keep'),
  material: ofUnit('keep'),
  material_move: ofUnit('append'),

  service_point: ofUnit('keep'),
  service_point_act: ofUnit('append'),
  liaison_officer: ofUnit('keep'),
  point_service: ofUnit('keep'),

  activity: ofUnit('keep'),
  // Counted again when the rules of counting change; what was written stays.
  activity_version: ofUnit({ append: ['counters', 'amounts', 'distinct_counters'] }),
  participation: ofUnit('change'),
  evidence: ofUnit('keep'),
  figure_row: { rights: 'change', rows: { open: 'anonymous counters: seen from above at any time, and a credit passes to a neighbour (decision 0003)' } },
  presence: { rights: 'change', rows: { open: 'which unit holds the credit for an enterprise depends on all of them (decision 0003)' } },
  adjustment: ofUnit('keep'),
  form_reading: ofUnit('change'),
  form_mapping: ofUnit('keep'),

  stat_return: ofUnit('keep'),
  return_act: ofUnit('append'),
  return_version: ofUnit('append'),
  finding_note: ofUnit('change'),
  seal_log: { rights: 'append', rows: { open: 'a chain that anybody verifies: digests and receipts, no content' } },
  package: ofUnit({ append: ['kept'] }),
  exchange_receipt: ofUnit('append'),
  reminder: ofUnit('keep'),
  import_job: ofUnit('keep'),
  import_part: { rights: 'change', rows: { through: 'import_job' } },
  import_row: ofUnit('change'),
  import_heading: ofUnit('keep'),
  visit: ofUnit('keep'),
  // Places and check-ins of the public come in through the crossing `trainings` (database.ts).
  work_plan: ofUnit('keep'),
  work_plan_version: ofUnit('append'),
  notice: ofUnit('append'),
  notice_receipt: ofUnit({ append: ['read_at', 'read_by_name', 'reminded_at'] }),
  notice_reading: ofUnit('append'),
  training: ofUnit('keep'),
  training_place: ofUnit({ append: ['withdrawn_at', 'answered'] }),
  training_check_in: ofUnit({ append: ['settled'] }),
  training_pass_spent: { rights: 'append', rows: { open: 'hashes of passes, which tell nothing' } },
  training_feedback: ofUnit('append'),
  report: ofUnit('keep'),
  // A sitting is one state: its earlier saves go.
  report_version: ofUnit('change'),

  // Drafts and true figures of the column are the unit's; what everybody may read is a copy, in tables of its own (0037).
  article: ofUnit('keep'),
  article_version: ofUnit('append'),
  column_picture: ofUnit('keep'),
  column_release: ofUnit('keep'),
  published_article: { rights: 'keep', rows: published },
  released_table: { rights: 'keep', rows: published },
  column_setting: { rights: 'keep', rows: { open: 'how an office is reached: shown to everybody once approved' } },
  questionnaire: ofUnit('keep'),
  questionnaire_version: ofUnit('append'),
  questionnaire_channel: ofUnit('keep'),
  questionnaire_invitation: ofUnit({ append: ['token_hash', 'made_on', 'used', 'withdrawn'] }),
  // Answers of the public come in through the crossing `answering` (database.ts), as they are; only the machine settles them.
  questionnaire_answer: ofUnit('append'),
  questionnaire_ticket_spent: { rights: 'append', rows: { open: 'hashes of challenges, which tell nothing' } },
  questionnaire_slow_hour: { rights: 'keep', rows: { open: 'counts by hour, asked for and kept before anybody knows who answers' } },
  questionnaire_suggestion: ofUnit('keep'),
  questionnaire_suggestion_text: ofUnit('change'),
};

/** Tables the role has nothing to do with. */
export const closedTables: ReadonlySet<string> = new Set(['schema_migration']);

const grants = { read: 'select', append: 'select, insert', keep: 'select, insert, update', change: 'select, insert, update, delete' } as const;

function grantOf(rights: Rights): string {
  return typeof rights === 'string' ? grants[rights] : `select, insert, update (${rights.append.join(', ')})`;
}

/** Asked once a statement, not once a row. */
const setting = (name: string): string => `(select current_setting('fuwuyue.${name}', true))`;
const listed = (name: string): string => `(${setting(name)} = '*' or unit_code = any ((select string_to_array(current_setting('fuwuyue.${name}', true), ','))::text[]))`;

const ofEnterprise = `enterprise_id = (select nullif(current_setting('fuwuyue.enterprise', true), '')::integer)`;

/** Who watches the auditors sees them only, whatever a query asks: the duty of an account is for ever (0025). */
const watched = `((select a.duty from account a where a.id = ${setting('account')}) is distinct from 'security' or account_id in (select a.id from account a where a.duty = 'audit'))`;

function policiesOf(table: string, rows: Rows): readonly string[] {
  if (typeof rows === 'object') return 'through' in rows ? [everything(table, through(rows.through, table))] : [];
  if (rows === 'of_unit') return [everything(table, listed('reach'))];
  if (rows === 'of_enterprise') return [`create policy within_reach on ${table} to ${appRole} using (${ofEnterprise} or (shared_at is not null and ${listed('reach')})) with check (${ofEnterprise} or ${listed('reach')})`];
  if (rows === 'of_account') return [everything(table, `account_id = ${setting('account')}`)];
  return [
    `create policy within_reach on ${table} for select to ${appRole} using ((${listed('log_reach')} and ${watched}) or account_id = ${setting('account')})`,
    `create policy leaving_records on ${table} for insert to ${appRole} with check (true)`,
  ];
}

function everything(table: string, condition: string): string {
  return `create policy within_reach on ${table} to ${appRole} using (${condition}) with check (${condition})`;
}

/** Rows of a walled table's record: the sub-query is walled itself. */
function through(of: string, table: string): string {
  return `exists (select from ${of} w where w.province_code = ${table}.province_code and w.id = ${table}.import_id)`;
}

const policyNames = ['within_reach', 'leaving_records'];

function statementsFor(table: string, { rights, rows }: Classified): string[] {
  const policies = policiesOf(table, rows);
  return [
    `revoke all on ${table} from ${appRole}`,
    `grant ${grantOf(rights)} on ${table} to ${appRole}`,
    `alter table ${table} ${policies.length === 0 ? 'disable' : 'enable'} row level security`,
    ...policyNames.map((name) => `drop policy if exists ${name} on ${table}`),
    ...policies,
  ];
}

export type WallState = { readonly stands: true } | { readonly stands: false; readonly why: 'may_not_create_role' | 'may_not_use_role' | 'not_owner' };

/**
 * Raises the wall, if it does not stand as described here. In the lock of the migrations. Whether it stands is written into the
 * database as a function, which no backup carries to another server.
 */
export async function raiseWalls(client: pg.Client): Promise<WallState> {
  const present = (await client.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = current_schema()`)).rows.map(({ name }) => name);
  const statements = Object.entries(tables).filter(([table]) => present.includes(table)).flatMap(([table, classified]) => statementsFor(table, classified));
  const digest = createHash('sha256').update(statements.join(';\n')).digest('hex');
  if ((await digestOfStanding(client)) === digest) return usable(client);
  const role = await makeRole(client);
  if (!role.stands) return role;
  await client.query('begin');
  try {
    await client.query(`grant usage on schema ${await currentSchema(client)} to ${appRole}`);
    await client.query(statements.join(';\n'));
    await client.query(`create or replace function walls_digest() returns text language sql immutable as $$ select '${digest}'::text $$`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    if (isRefused(error)) return { stands: false, why: 'not_owner' };
    throw error;
  }
  return usable(client);
}

async function digestOfStanding(client: pg.Client): Promise<string | null> {
  const known = await client.query(`select where to_regprocedure('walls_digest()') is not null`);
  if (known.rowCount === 0) return null;
  return (await client.query<{ digest: string }>('select walls_digest() as digest')).rows[0]?.digest ?? null;
}

async function currentSchema(client: pg.Client): Promise<string> {
  return (await client.query<{ name: string }>('select quote_ident(current_schema()) as name')).rows[0]?.name ?? 'public';
}

/** Roles belong to the whole server: another installation may have made it, at this very moment too. */
async function makeRole(client: pg.Client): Promise<WallState> {
  const known = await client.query(`select from pg_roles where rolname = '${appRole}'`);
  if (known.rowCount === 0) {
    const made = await client.query(`create role ${appRole} nologin`).then(() => true, (error: unknown) => (isRefused(error) ? false : codeOf(error) === '42710' || codeOf(error) === '23505' || raised(error)));
    if (!made) return { stands: false, why: 'may_not_create_role' };
  }
  // Whoever made a role may give it; whoever already has it need not.
  await client.query(`grant ${appRole} to current_user`).catch((error: unknown) => isRefused(error) || raised(error));
  return usable(client);
}

/** Whether this connection may work as the role. */
async function usable(client: pg.Client): Promise<WallState> {
  await client.query('begin');
  try {
    await client.query(`set local role ${appRole}`);
    return { stands: true };
  } catch (error) {
    if (isRefused(error)) return { stands: false, why: 'may_not_use_role' };
    throw error;
  } finally {
    await client.query('rollback');
  }
}

const insufficientPrivilege = '42501';

function isRefused(error: unknown): boolean {
  return codeOf(error) === insufficientPrivilege;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
}

function raised(error: unknown): never {
  throw error;
}

/** Tables that are there and stand nowhere above. */
export async function unclassifiedTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = current_schema() order by 1`);
  return rows.map(({ name }) => name).filter((name) => !Object.hasOwn(tables, name) && !closedTables.has(name));
}
