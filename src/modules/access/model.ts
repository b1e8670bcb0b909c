// Roles, the verbs they may do, and how a caller's unit stands to the unit asked about.
import { z } from 'zod';

export const role = z.enum(['clerk', 'reviewer', 'head', 'coordinator', 'national_office', 'column_editor', 'column_publisher', 'system_administrator', 'security_administrator', 'auditor']);
export type Role = z.output<typeof role>;

/** What an account is for. Three administrators (三员), business and enterprises exclude each other; the database holds it (0017, 0024). */
export const duty = z.enum(['business', 'system', 'security', 'audit', 'enterprise']);
export type Duty = z.output<typeof duty>;

/** `own`: the same unit; `child`: it reports directly to the caller's unit; `below`: further down; `elsewhere`: all others. */
export type Relation = 'own' | 'child' | 'below' | 'elsewhere';

export const verb = z.enum([
  'read_ledger', 'write_ledger', 'adjust_figures', 'read_figures', 'read_submitted_records',
  'read_return', 'write_report', 'self_check', 'send_for_review', 'withdraw', 'return_for_correction', 'approve', 'sign', 'seal', 'submit', 'make_package',
  'accept', 'return_by_upper', 'request_correction', 'reopen', 'remind', 'set_deadline', 'close_edition', 'extend_table', 'change_units', 'import_units',
  'read_accounts', 'manage_accounts', 'approve_grants', 'recover_accounts', 'name_substitutes', 'attest_accounts', 'keep_keys', 'read_audit', 'read_auditor_acts', 'manage_witnesses', 'read_health', 'read_contacts', 'keep_contacts',
  'read_service_points', 'name_service_points',
  'issue_plan', 'send_notices', 'read_notices',
  'keep_enterprise_accounts', 'read_assessments', 'record_assessments',
  'build_questionnaires', 'publish_questionnaires', 'export_answers',
  'run_trainings', 'open_trainings',
  'read_column', 'write_column', 'publish_column', 'freeze_column',
]);
export type Verb = z.output<typeof verb>;

/** Where a unit stands in an edition's tree. */
export interface UnitPlacement {
  readonly unitCode: string;
  readonly parentCode: string | null;
  readonly depth: number;
  readonly p1: string | null;
  readonly p2: string | null;
  readonly p3: string | null;
}
