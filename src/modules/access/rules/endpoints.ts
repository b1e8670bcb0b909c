// By which row of the policy each endpoint is asked. An endpoint without a row fails the build, and so does a row without an endpoint
// (src/policy.test.ts); test/B-S1-matrix.test.ts asks every one of them as everybody, from everywhere.
import { type ReturnActName, returnActName } from '../../returns/model.ts';
import { verbOf } from '../../returns/rules.ts';
import type { Verb } from '../model.ts';

/**
 * `public` nobody needs to be known; `own_account` whoever is signed in, about the own account only; `anybody` whoever is signed in, for
 * it tells what is public anyway; `related` whoever may do anything at all at the unit; `member` whoever holds a role at the unit
 * itself; `own_enterprise` the account of an enterprise, about its own enterprise only. All others are verbs of the policy, asked at the unit of the input, or of the record it names.
 */
export type Gate = 'public' | 'own_account' | 'anybody' | 'related' | 'member' | 'own_enterprise' | Verb;

/** Where one endpoint does several things, its input says which. */
export type EndpointRow = Gate | ((input: unknown) => Gate);

const field = (input: unknown, name: string): unknown => (typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined);

const isAct = (name: unknown): name is ReturnActName => returnActName.safeParse(name).success;

function ofAct(input: unknown): Gate {
  const act = field(field(input, 'command'), 'act');
  return isAct(act) ? verbOf(act) : 'read_return';
}

const exported: ReadonlyMap<unknown, Gate> = new Map<unknown, Gate>([
  ['ledger', 'read_ledger'], ['bin', 'read_ledger'], ['enterprises', 'read_ledger'], ['register', 'read_ledger'], ['coverage', 'read_figures'], ['contacts', 'read_contacts'], ['matrix', 'read_figures'], ['overview', 'read_figures'], ['cell', 'read_figures'],
  ['units', 'related'], ['accounts', 'read_accounts'], ['audit', 'read_audit'],
]);

export const endpointRows: { readonly [endpoint: string]: EndpointRow } = {
  'access.explain': 'anybody',

  'proofs.list_logs': 'public',
  'proofs.list_checkpoints': 'public',
  'proofs.prove_inclusion': 'public',
  'proofs.prove_consistency': 'public',
  'proofs.list_witnesses': 'public',
  'proofs.register_witness': 'manage_witnesses',
  'proofs.remove_witness': 'manage_witnesses',
  'proofs.register_origin': 'manage_witnesses',


  'sign_in.get_installation': 'public',
  'sign_in.with_password': 'public',
  'sign_in.second_step': 'public',
  'sign_in.use_link': 'public',
  'sign_in.sign_out': 'own_account',
  'sign_in.who_am_i': 'own_account',
  'sign_in.prove': 'own_account',
  'sign_in.lock': 'own_account',
  'sign_in.get_factors': 'own_account',
  'sign_in.change_password': 'own_account',
  'sign_in.begin_totp': 'own_account',
  'sign_in.confirm_totp': 'own_account',
  'sign_in.remove_totp': 'own_account',
  'sign_in.make_recovery_codes': 'own_account',
  'sign_in.finish_enrolment': 'own_account',
  'sign_in.list_sessions': 'own_account',
  'sign_in.end_session': 'own_account',
  'sign_in.end_other_sessions': 'own_account',
  'sign_in.list_notices': 'own_account',
  'sign_in.mark_notices_seen': 'own_account',
  'sign_in.list_ways': 'public',
  'sign_in.list_own_ways': 'own_account',
  'sign_in.begin_passkey': 'own_account',
  'sign_in.add_passkey': 'own_account',
  'sign_in.rename_passkey': 'own_account',
  'sign_in.remove_passkey': 'own_account',
  'sign_in.ask_passkey': 'public',
  'sign_in.with_passkey': 'public',
  'sign_in.ask_ukey': 'public',
  'sign_in.list_ways_of': 'keep_keys',
  'sign_in.register_ukey': 'keep_keys',
  'sign_in.remove_ukey': 'keep_keys',
  'sign_in.begin_single_sign_on': 'public',
  'sign_in.with_single_sign_on': 'public',
  'sign_in.begin_linking': 'own_account',
  'sign_in.link_own_identity': 'own_account',
  'sign_in.unlink_own_identity': 'own_account',
  'sign_in.link_identity': 'keep_keys',
  'sign_in.unlink_identity': 'keep_keys',

  'people.list_accounts': 'read_accounts',
  'people.invite': 'manage_accounts',
  'people.propose_roles': 'manage_accounts',
  'people.withdraw_request': 'manage_accounts',
  'people.decide_request': 'approve_grants',
  'people.take_role': 'manage_accounts',
  'people.set_account_state': 'manage_accounts',
  'people.hand_over': 'manage_accounts',
  'people.create_sign_in_link': 'manage_accounts',
  'people.request_recovery': 'recover_accounts',
  'people.decide_recovery': 'recover_accounts',
  'people.name_substitute': 'name_substitutes',
  'people.revoke_substitution': 'name_substitutes',
  'people.attest': 'attest_accounts',
  'people.list_own': 'own_account',
  'people.name_own_substitute': 'own_account',
  'people.revoke_own_substitution': 'own_account',
  'people.stand_in': 'own_account',

  'keys.list_certifying': 'public',

  'units.find': 'anybody',
  'units.get': 'anybody',
  'units.add_zone': 'change_units',
  'units.set_reporting_line': 'change_units',
  'units.succeed': 'change_units',
  'units.import': 'import_units',

  'editions.list': 'anybody',
  'editions.get': 'related',
  'editions.set_internal_deadline': 'set_deadline',
  'editions.suggest_internal_deadline': 'set_deadline',
  'editions.add_extension_row': 'extend_table',
  'editions.remove_extension_row': 'extend_table',
  'editions.close': 'close_edition',
  'editions.open_again': 'close_edition',

  'enterprises.find': 'anybody',
  'enterprises.look_up': 'anybody',
  'enterprises.list': 'read_ledger',
  'enterprises.get': 'read_ledger',
  'enterprises.save': 'write_ledger',
  'enterprises.remove': 'write_ledger',
  'enterprises.choose_targets': 'write_ledger',
  'enterprises.get_coverage': 'read_figures',
  'enterprises.read_contacts': 'read_contacts',
  'enterprises.save_contact': 'keep_contacts',
  'enterprises.erase_contact': 'keep_contacts',
  'enterprises.list_likely': 'read_ledger',
  'enterprises.merge': 'write_ledger',
  'enterprises.undo_merge': 'write_ledger',

  'activities.list': 'read_ledger',
  'activities.get': 'read_submitted_records',
  'activities.record': 'write_ledger',
  'activities.record_many': 'write_ledger',
  'activities.edit': 'write_ledger',
  'activities.delete': 'write_ledger',
  'activities.delete_many': 'write_ledger',
  'activities.restore': 'write_ledger',
  'activities.find_twins': 'read_ledger',
  'activities.get_recording_defaults': 'read_ledger',

  'visits.list': 'read_ledger',
  'visits.get_day': 'read_ledger',
  'visits.list_officers': 'read_ledger',
  'visits.get': 'read_ledger',
  'visits.plan': 'write_ledger',
  'visits.replan': 'write_ledger',
  'visits.order': 'write_ledger',
  'visits.record': 'write_ledger',
  'visits.edit': 'write_ledger',
  'visits.cancel': 'write_ledger',
  'visits.restore': 'write_ledger',
  'visits.settle': 'write_ledger',

  'service_points.find_public': 'public',
  'service_points.list': 'read_service_points',
  'service_points.count': 'read_figures',
  'service_points.get': 'read_service_points',
  'service_points.add': 'write_ledger',
  'service_points.edit': 'write_ledger',
  'service_points.act': 'write_ledger',
  'service_points.name': 'name_service_points',
  'service_points.read_liaisons': 'read_contacts',
  'service_points.save_liaison': 'keep_contacts',
  'service_points.end_liaison': 'keep_contacts',
  'service_points.log_service': 'write_ledger',
  'service_points.bin_service': 'write_ledger',

  'imports.write_template': 'write_ledger',
  'imports.upload': 'write_ledger',
  'imports.list': 'write_ledger',
  'imports.get': 'write_ledger',
  'imports.map': 'write_ledger',
  'imports.check': 'write_ledger',
  'imports.apply': 'write_ledger',
  'imports.undo': 'write_ledger',
  'imports.write_problems': 'write_ledger',

  'evidence.upload': 'write_ledger',
  'evidence.list': 'read_submitted_records',
  'evidence.read': 'read_submitted_records',

  'figures.get_table': 'read_figures',
  'figures.get_matrix': 'read_figures',
  'figures.get_cell': 'read_figures',
  'figures.get_trend': 'read_figures',
  'figures.list_adjustments': 'read_ledger',
  'figures.add_adjustment': 'adjust_figures',
  'figures.withdraw_adjustment': 'adjust_figures',

  'returns.get': 'read_return',
  'returns.act': ofAct,
  'returns.write_note': 'self_check',
  'returns.get_version': 'read_return',
  'returns.get_changes': 'read_return',
  'returns.get_difference': 'read_return',
  'returns.get_as_of': 'read_return',
  'returns.list_acts': 'read_return',

  'column.get_version': 'public',
  'column.get_home': 'public',
  'column.list_published': 'public',
  'column.get_published': 'public',
  'column.read_published_picture': 'public',
  'column.get_table': 'public',
  'column.list_units': 'public',
  'column.list_articles': 'read_column',
  'column.create_article': 'write_column',
  'column.get_article': 'read_column',
  'column.save_article': 'write_column',
  'column.act': 'write_column',
  'column.decide_article': 'publish_column',
  'column.upload_picture': 'write_column',
  'column.take_picture': 'write_column',
  'column.read_picture': 'read_column',
  'column.list_releases': 'read_column',
  'column.freeze': 'freeze_column',
  'column.decide_release': 'publish_column',
  'column.get_settings': 'read_column',
  'column.propose_settings': 'write_column',
  'column.approve_settings': 'publish_column',

  'reports.list': 'read_return',
  'reports.create': 'write_report',
  'reports.get': 'read_return',
  'reports.save': 'write_report',
  'reports.restore': 'write_report',
  'reports.redraft': 'write_report',
  'reports.remove': 'write_report',
  'reports.list_versions': 'read_ledger',
  'reports.get_version': 'read_ledger',
  'reports.list_pictures': 'read_ledger',
  'reports.export': 'read_return',

  'packages.get': 'read_ledger',
  'packages.make': 'make_package',
  'packages.download': 'make_package',
  'packages.write_receipt': 'make_package',

  'forms.get_sheet': 'read_return',
  'forms.write': 'read_return',
  'forms.list_below': 'read_return',
  'forms.read': 'adjust_figures',
  'forms.confirm': 'adjust_figures',
  'forms.withdraw': 'adjust_figures',
  'forms.list_read': 'read_ledger',
  'forms.read_content': 'read_submitted_records',

  'questionnaires.open_form': 'public',
  'questionnaires.answer': 'public',
  'questionnaires.list_channels': 'read_ledger',
  'questionnaires.open_channel': 'write_ledger',
  'questionnaires.save_channel': 'write_ledger',
  'questionnaires.invite': 'write_ledger',
  'questionnaires.list_invitations': 'read_ledger',
  'questionnaires.renew_invitation': 'write_ledger',
  'questionnaires.withdraw_invitation': 'write_ledger',
  'questionnaires.enter_answer': 'write_ledger',
  'questionnaires.get_results': 'read_figures',
  'questionnaires.get_cross_table': 'read_figures',
  'questionnaires.list_texts': 'read_ledger',
  'questionnaires.list_suggestions': 'read_ledger',
  'questionnaires.make_suggestion': 'write_ledger',
  'questionnaires.save_suggestion': 'write_ledger',
  'questionnaires.remove_suggestion': 'write_ledger',
  'questionnaires.export_answers': 'read_ledger',

  'questionnaires.list': 'read_ledger',
  'questionnaires.create': 'build_questionnaires',
  'questionnaires.get': 'read_ledger',
  'questionnaires.save': 'build_questionnaires',
  'questionnaires.publish': 'publish_questionnaires',
  'questionnaires.close': 'publish_questionnaires',
  'questionnaires.open_again': 'publish_questionnaires',
  'questionnaires.remove': 'build_questionnaires',
  'questionnaires.restore': 'build_questionnaires',
  'questionnaires.list_versions': 'read_ledger',
  'questionnaires.get_version': 'read_ledger',
  'questionnaires.import_form': 'build_questionnaires',
  'questionnaires.export_form': 'read_ledger',

  'templates.list': 'public',
  'templates.get': 'public',
  'templates.write': 'public',
  'trainings.find_public': 'public',
  'trainings.get_public': 'public',
  'trainings.sign_up': 'public',
  'trainings.get_ticket': 'public',
  'trainings.withdraw': 'public',
  'trainings.give_feedback': 'public',
  'trainings.open_venue': 'public',
  'trainings.check_in_at_venue': 'public',
  'trainings.list': 'read_ledger',
  'trainings.get': 'read_ledger',
  'trainings.create': 'run_trainings',
  'trainings.save': 'run_trainings',
  'trainings.open': 'open_trainings',
  'trainings.act': 'run_trainings',
  'trainings.correct': 'run_trainings',
  'trainings.add_person': 'run_trainings',
  'trainings.read_people': 'run_trainings',
  'trainings.check_in': 'run_trainings',
  'trainings.get_venue_screen': 'run_trainings',

  'seals.verify_receipt': 'public',

  'enterprise_accounts.find_units': 'public',
  'enterprise_accounts.ask': 'public',
  'enterprise_accounts.start': 'public',
  'enterprise_accounts.get_own': 'own_enterprise',
  'enterprise_accounts.change_contact': 'own_enterprise',
  'enterprise_accounts.list_own_services': 'own_enterprise',
  'enterprise_accounts.list_own_views': 'own_enterprise',
  'enterprise_accounts.list': 'keep_enterprise_accounts',
  'enterprise_accounts.invite': 'keep_enterprise_accounts',
  'enterprise_accounts.decide_request': 'keep_enterprise_accounts',
  'enterprise_accounts.make_code': 'keep_enterprise_accounts',
  'enterprise_accounts.set_state': 'keep_enterprise_accounts',
  'enterprise_accounts.request_recovery': 'keep_enterprise_accounts',
  'enterprise_accounts.decide_recovery': 'keep_enterprise_accounts',

  'assessments.get_bank': 'public',
  'assessments.list_own': 'own_enterprise',
  'assessments.get_own': 'own_enterprise',
  'assessments.save_own': 'own_enterprise',
  'assessments.share': 'own_enterprise',
  'assessments.remove_own': 'own_enterprise',
  'assessments.list_shared': 'read_assessments',
  'assessments.open': 'read_assessments',
  'assessments.record': 'record_assessments',
  'assessments.count': 'read_figures',

  'tasks.list': 'member',
  'tasks.remind': 'remind',
  'tasks.read_reminder': 'member',

  'operations.get_health': 'read_health',

  'audit.list': 'read_audit',
  'audit.list_auditors': 'read_auditor_acts',
  'exports.make': (input) => exported.get(field(field(input, 'subject'), 'kind')) ?? 'read_ledger',
};

/** The gate of a request; undefined for an endpoint nobody listed, which nobody may use. */
export function gateOf(endpoint: string, input: unknown): Gate | undefined {
  const row = Object.hasOwn(endpointRows, endpoint) ? endpointRows[endpoint] : undefined;
  return typeof row === 'function' ? row(input) : row;
}

/** What accounts of enterprises may ask at all: what is public, their own account, and their own enterprise. */
export function isOpenToEnterprises(endpoint: string): boolean {
  const row = Object.hasOwn(endpointRows, endpoint) ? endpointRows[endpoint] : undefined;
  return row === 'public' || row === 'own_account' || row === 'own_enterprise';
}

/** What goes on where nothing is written (kernel/mode.ts): signing in and out, and what is one's own. */
export function isComingAndGoing(endpoint: string): boolean {
  const row = endpointRows[endpoint];
  return row === 'own_account' || (row === 'public' && endpoint.startsWith('sign_in.'));
}
