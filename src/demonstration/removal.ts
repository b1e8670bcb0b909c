// Takes the demonstration out again: everything marked as demonstration and everything its people did. What real people
// recorded stays, with its figures counted anew. Refuses where a real seal stands: the chain of seals is never cut.
import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { saveAudit } from '../kernel/audit.ts';
import type { Tx } from '../kernel/database.ts';
import { beginLogsAnew } from '../modules/proofs/keeping.ts';
import { recountEdition } from '../modules/figures/recount.ts';
import { nationUnit } from '../shared/wire.ts';
import type { Instant } from '../shared/instant.ts';
import { isDemonstration, unmarkDemonstration } from './state.ts';

export interface RemovalReport {
  readonly outcome: 'removed' | 'no_demonstration' | 'real_seals';
  /** Rows removed, by table. */
  readonly removed: { readonly [table: string]: number };
  /** SHA-256 of pictures that no record names any more; their bytes may go from the store. */
  readonly orphans: readonly string[];
}

const people = sql`(select id from account where demonstration)`;

export async function removeDemonstration(tx: Tx, now: Instant): Promise<RemovalReport> {
  if (!(await isDemonstration(tx))) return { outcome: 'no_demonstration', removed: {}, orphans: [] };
  await sql`set local statement_timeout = 0`.execute(tx);
  if (await hasRealSeals(tx)) return { outcome: 'real_seals', removed: {}, orphans: [] };
  const removed: Record<string, number> = {};
  const remove = async (table: string, where: RawBuilder<unknown>): Promise<void> => {
    const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${where}`.execute(tx);
    removed[table] = Number(numAffectedRows ?? 0);
  };
  await removeReturns(tx, remove);
  const ofColumn = sql`(province_code, id) in (select province_code, id from article where demonstration or created_by in ${people})`;
  await remove('published_article', ofColumn);
  await remove('article_version', sql`(province_code, article_id) in (select province_code, id from article where demonstration or created_by in ${people})`);
  await remove('article', ofColumn);
  await remove('column_picture', sql`uploaded_by in ${people}`);
  await remove('released_table', sql`(province_code, release_id) in (select province_code, id from column_release where demonstration or frozen_by in ${people})`);
  await remove('column_release', sql`demonstration or frozen_by in ${people}`);
  await remove('column_setting', sql`demonstration or proposed_by in ${people}`);
  await remove('report_version', sql`(province_code, report_id) in (select province_code, id from report where demonstration or created_by in ${people})`);
  await remove('report', sql`demonstration or created_by in ${people}`);
  const orphans = await removeLedgers(tx, remove);
  await removeAnswers(remove);
  await remove('questionnaire_version', sql`(province_code, questionnaire_id) in (select province_code, id from questionnaire where demonstration or created_by in ${people})`);
  await remove('questionnaire', sql`demonstration or created_by in ${people}`);
  await removeSettings(tx, remove);
  const editions = await tx.selectFrom('edition').select('code').execute();
  for (const { code } of editions) await recountEdition(tx, code);
  await removeKnown(remove);
  await remove('assessment', sql`demonstration or officer_id in ${people} or enterprise_id in (select enterprise_id from enterprise_account where account_id in ${people})`);
  await remove('enterprise_account_request', sql`decided_by in ${people} or state = 'pending'`);
  await remove('enterprise_account', sql`account_id in ${people} or opened_by in ${people}`);
  await remove('account', sql`duty = 'enterprise' and not exists (select from enterprise_account e where e.account_id = account.id)`);
  await removeEnterprises(tx, remove);
  await remove('audit_event', sql`account_id in ${people} or (subject_kind = 'account' and subject_id in ${people})`);
  await remove('request_key', sql`account_id in ${people}`);
  await remove('sign_in_attempt', sql`sign_in_name in (select sign_in_name from account where demonstration)`);
  await remove('account', sql`demonstration`);
  await removeUnits(tx, remove);
  await unmarkDemonstration(tx);
  // Leaves of what is gone prove nothing any more; those of what stays are made anew, under another name.
  await beginLogsAnew(tx, now, 'demonstration_removed');
  const record = { action: 'demonstration.remove', unitCode: nationUnit, subjectKind: 'installation', subjectId: 'demonstration', after: removed };
  await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, [record]);
  return { outcome: 'removed', removed, orphans };
}

type Remove = (table: string, where: RawBuilder<unknown>) => Promise<void>;

/** A seal is real when a person who is no part of the demonstration put it. */
async function hasRealSeals(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select 1 from return_act where act = 'seal' and account_id not in ${people} limit 1`.execute(tx);
  return rows.length > 0;
}

/** A return that anybody of the demonstration had a hand in is a demonstration's return, whole. */
async function removeReturns(tx: Tx, remove: Remove): Promise<void> {
  await sql`create temporary table demonstration_return on commit drop as
    select distinct province_code, edition_code, unit_code from return_act where account_id in ${people}`.execute(tx);
  const ofThem = sql`(province_code, edition_code, unit_code) in (select province_code, edition_code, unit_code from demonstration_return)`;
  await remove('seal_log', sql`true`);
  // No real seal stands, so no key has signed anything that stays.
  await remove('unit_key', sql`true`);
  await remove('installation_key', sql`true`);
  await remove('return_version', ofThem);
  await remove('stat_return', sql`${ofThem} or not exists (select from return_act x where x.province_code = stat_return.province_code and x.edition_code = stat_return.edition_code and x.unit_code = stat_return.unit_code)`);
  await remove('return_act', ofThem);
  await remove('package', sql`${ofThem} or account_id in ${people}`);
  await remove('exchange_receipt', sql`${ofThem} or account_id in ${people}`);
  await remove('finding_note', sql`account_id in ${people}`);
  await sql`drop table demonstration_return`.execute(tx);
}

/** Entries marked, and those that people of the demonstration recorded while looking around. */
async function removeLedgers(tx: Tx, remove: Remove): Promise<string[]> {
  const { rows } = await sql<{ sha256: string }>`select distinct sha256 from evidence where uploaded_by in ${people}`.execute(tx);
  await sql`create temporary table demonstration_entry on commit drop as
    select province_code, id from activity where demonstration or created_by in ${people}
      or (source_kind = 'questionnaires' and (province_code, source_id) in (
        select province_code, id from questionnaire where demonstration or created_by in ${people}
        union all select s.province_code, s.id from questionnaire_suggestion s join questionnaire q on q.province_code = s.province_code and q.id = s.questionnaire_id where q.demonstration or q.created_by in ${people}))`.execute(tx);
  const ofThem = sql`(province_code, activity_id) in (select province_code, id from demonstration_entry)`;
  await remove('import_part', sql`(province_code, import_id) in (select province_code, id from import_job where account_id in ${people})`);
  await remove('import_row', sql`${ofThem} or (province_code, import_id) in (select province_code, id from import_job where account_id in ${people})`);
  await remove('import_job', sql`account_id in ${people}`);
  await remove('participation', ofThem);
  await remove('evidence', sql`uploaded_by in ${people} or ${ofThem}`);
  await remove('activity_version', ofThem);
  await remove('activity', sql`(province_code, id) in (select province_code, id from demonstration_entry)`);
  // A visit that somebody real made of a plan of the demonstration stays, as its entries do.
  await remove('visit', sql`made_by in ${people} or (made_by is null and (demonstration or created_by in ${people}))`);
  await sql`update visit set demonstration = false where demonstration`.execute(tx);
  await remove('adjustment', sql`account_id in ${people}`);
  await remove('form_mapping', sql`account_id in ${people}`);
  await remove('form_reading', sql`uploaded_by in ${people} or confirmed_by in ${people}`);
  await sql`drop table demonstration_entry`.execute(tx);
  const kept = await sql<{ sha256: string }>`select distinct sha256 from evidence`.execute(tx);
  const still = new Set(kept.rows.map(({ sha256 }) => sha256));
  return rows.map(({ sha256 }) => sha256).filter((sha256) => !still.has(sha256));
}

/** What came back to questionnaires of the demonstration, and to those its people made. */
async function removeAnswers(remove: Remove): Promise<void> {
  const ofThem = sql`(province_code, questionnaire_id) in (select province_code, id from questionnaire where demonstration or created_by in ${people})`;
  const ofChannels = sql`(province_code, channel_id) in (select province_code, id from questionnaire_channel where ${ofThem} or created_by in ${people})`;
  await remove('questionnaire_suggestion_text', sql`(province_code, suggestion_id) in (select province_code, id from questionnaire_suggestion where ${ofThem})`);
  await remove('questionnaire_suggestion', ofThem);
  await remove('questionnaire_answer', sql`demonstration or ${ofThem}`);
  await remove('questionnaire_invitation', ofChannels);
  await remove('questionnaire_slow_hour', ofChannels);
  await remove('questionnaire_channel', sql`${ofThem} or created_by in ${people}`);
}

async function removeSettings(tx: Tx, remove: Remove): Promise<void> {
  await remove('reminder', sql`account_name in (select display_name from account where demonstration)`);
  await remove('internal_deadline', sql`set_by in ${people}`);
  await remove('extension_row', sql`edition_code || '/' || unit_code || '/' || code in (
    select subject_id from audit_event where subject_kind = 'extension_row' and action = 'editions.add_extension_row' and account_id in ${people})`);
  await sql`analyze activity, activity_version, participation`.execute(tx);
}

const ofTrainings = sql`(province_code, training_id) in (select province_code, id from training where demonstration or created_by in ${people})`;

/** What was written down of enterprises: marked, by people of the demonstration, or of an enterprise that was invented. */
async function removeKnown(remove: Remove): Promise<void> {
  await remove('training_feedback', ofTrainings);
  await remove('training_check_in', ofTrainings);
  await remove('training_place', ofTrainings);
  await remove('training', sql`demonstration or created_by in ${people}`);
  await remove('material_move', sql`account_id in ${people} or (province_code, material_id) in (select province_code, id from material where demonstration or created_by in ${people})`);
  await remove('material', sql`demonstration or created_by in ${people}`);
  await remove('media_item', sql`demonstration or created_by in ${people}`);
  await remove('point_service', sql`demonstration or created_by in ${people}`);
  await remove('liaison_officer', sql`demonstration or created_by in ${people}`);
  await remove('notice_reading', sql`account_id in ${people} or notice_id in (select id from notice where demonstration or created_by in ${people})`);
  await remove('notice_receipt', sql`demonstration or notice_id in (select id from notice where demonstration or created_by in ${people})`);
  await remove('notice', sql`demonstration or created_by in ${people}`);
  await remove('work_plan_version', sql`account_id in ${people} or (province_code, edition_code, unit_code) in (select province_code, edition_code, unit_code from work_plan where demonstration or created_by in ${people})`);
  await remove('work_plan', sql`demonstration or created_by in ${people}`);
  await remove('service_point_act', sql`account_id in ${people} or (province_code, point_id) in (select province_code, id from service_point where demonstration)`);
  await remove('service_point', sql`demonstration or created_by in ${people}`);
  await remove('enterprise_merge', sql`account_id in ${people}`);
  await remove('target_enterprise', sql`demonstration or added_by in ${people}`);
  await remove('enterprise_contact', sql`demonstration or created_by in ${people}`);
  await remove('enterprise_record', sql`demonstration or created_by in ${people}`);
}

/** An invented enterprise that a real entry names stays, no longer marked: the entry is the owner's to mend. */
async function removeEnterprises(tx: Tx, remove: Remove): Promise<void> {
  await remove('enterprise', sql`(demonstration or created_by in ${people}) and not exists (select from participation p where p.enterprise_id = enterprise.id)
    and not exists (select from enterprise_record r where r.enterprise_id = enterprise.id) and not exists (select from enterprise_contact c where c.enterprise_id = enterprise.id)
    and not exists (select from target_enterprise t where t.enterprise_id = enterprise.id)
    and not exists (select from enterprise_merge m where enterprise.id in (m.from_enterprise_id, m.into_enterprise_id))`);
  await sql`update enterprise set demonstration = false where demonstration`.execute(tx);
}

/** Units added for the demonstration go with their place in the tree, unless something real stands on them. */
async function removeUnits(tx: Tx, remove: Remove): Promise<void> {
  const { rows } = await sql<{ code: string }>`
    select code from unit u where demonstration
      and not exists (select from activity a where a.unit_code = u.code) and not exists (select from figure_row f where f.unit_code = u.code)
      and not exists (select from role_grant g where g.unit_code = u.code) and not exists (select from unit_line l where l.parent_code = u.code)
      and not exists (select from placement p where p.parent_code = u.code)`.execute(tx);
  const codes = sql`${rows.map(({ code }) => code)}::text[]`;
  await remove('placement', sql`unit_code = any(${codes})`);
  await remove('unit_line', sql`unit_code = any(${codes})`);
  await remove('unit', sql`code = any(${codes})`);
  await sql`update unit set demonstration = false where demonstration`.execute(tx);
}
