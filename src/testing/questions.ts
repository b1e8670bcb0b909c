// What every reading endpoint is asked, for tests that walk them all: who sees what from above (upward), and who may at all (B-S1).
// A new reading endpoint fails both until it stands here.
import { edition, syntheticUscc } from './steps.ts';

/** What a walk needs to know to ask for everything there is. */
export interface Ground {
  readonly unitCode: string;
  readonly activities: readonly string[];
  readonly evidence: readonly string[];
  readonly forms: readonly string[];
  readonly reports: readonly string[];
  /** How many versions of its return were frozen. */
  readonly versions: number;
}

const everywhere = [{}];
const ofUnit = ({ unitCode }: Ground) => [{ edition, unitCode }];
/** Of each version, and of one that is not there. */
const numbers = ({ versions }: Ground) => Array.from({ length: versions + 1 }, (_, index) => index + 1);
const nobodys = (more: object) => ({ unitCode }: Ground) => [{ id: `${unitCode.slice(0, 2)}-00000000-0000-0000-0000-000000000000`, ...more }];
const place = '政务中心三楼会议室';
const indicators = ['training.sessions', 'training.attendances', 'publicity.sessions', 'publicity.attendances', 'visit.enterprises'];
const cells = ({ unitCode }: Ground) => indicators.map((indicator) => ({ edition, unitCode, indicator }));
const moments = ['2023-06-26T09:00:00.000+08:00', '2023-07-07T17:00:00.000+08:00'];

const noRecord = (unitCode: string): string => `${unitCode.slice(0, 2)}-00000000-0000-0000-0000-000000000000`;

const exported = [
  { kind: 'ledger' }, { kind: 'bin' }, { kind: 'enterprises' }, { kind: 'register' }, { kind: 'coverage' }, { kind: 'contacts', reason: '核对联系人是否有变化' }, { kind: 'matrix', basis: 'live' }, { kind: 'matrix', basis: 'submitted' }, { kind: 'cell', indicator: 'visit.enterprises' }, { kind: 'accounts' },
  { kind: 'audit' },
];

/** What every reading endpoint is asked. */
export const questions: { readonly [endpoint: string]: (ground: Ground) => readonly object[] } = {
  'access.explain': ofUnit,
  'activities.list': ({ unitCode }) => [{ edition, unitCode }, { edition, unitCode, deleted: true }, { edition, unitCode, query: '密' }],
  'activities.get': ({ activities }) => activities.map((id) => ({ id })),
  'activities.find_twins': ({ unitCode }) => [{ edition, unitCode, occurredOn: '2023-06-15', title: '另一场活动', place }],
  'activities.get_recording_defaults': ofUnit,
  'audit.list_auditors': ({ unitCode }) => [{ unitCode }, { unitCode, below: 'true' }],
  'audit.list': ({ unitCode, activities }) => [{ unitCode, limit: 200 }, ...activities.map((subjectId) => ({ unitCode, subjectKind: 'activity', subjectId }))],
  'editions.list': () => everywhere,
  'editions.get': ofUnit,
  'editions.suggest_internal_deadline': ofUnit,
  'enterprises.find': () => [{ query: '测试' }],
  'enterprises.look_up': () => [{ codes: '' }],
  'enterprises.list': ({ unitCode }) => [{ edition, unitCode }, { edition, unitCode, target: 'yes', served: 'no' }, { edition, unitCode, query: '测试' }],
  'enterprises.get': ({ unitCode }) => [{ edition, unitCode, uscc: syntheticUscc(1) }],
  'enterprises.get_coverage': ofUnit,
  'enterprises.list_likely': ofUnit,
  'enterprise_accounts.find_units': () => [{ query: '望月' }],
  'enterprise_accounts.get_own': () => everywhere,
  'enterprise_accounts.list_own_services': () => everywhere,
  'enterprise_accounts.list_own_views': () => everywhere,
  'enterprise_accounts.list': ({ unitCode }) => [{ unitCode }],
  'assessments.get_bank': () => everywhere,
  'assessments.list_own': () => everywhere,
  'assessments.get_own': ({ unitCode }) => [{ id: noRecord(unitCode) }],
  'assessments.list_shared': ofUnit,
  'assessments.count': ofUnit,
  'evidence.list': ({ activities }) => activities.map((id) => ({ id })),
  'evidence.read': ({ evidence }) => evidence.map((id) => ({ id })),
  'exports.make': ({ unitCode }) => exported.map((subject) => ({ edition, unitCode, format: 'csv', subject })),
  'figures.get_table': ofUnit,
  'figures.get_matrix': ofUnit,
  'figures.get_cell': cells,
  'figures.get_trend': cells,
  'figures.list_adjustments': ofUnit,
  'forms.get_sheet': (ground) => ['draft', 'newest', ...numbers(ground)].map((version) => ({ edition, unitCode: ground.unitCode, version })),
  // What the file says is what the sheet says; Excel is the quickest to make.
  'forms.write': ({ unitCode }) => ['draft'].map((version) => ({ edition, unitCode, format: 'xlsx', version })),
  'forms.list_below': ofUnit,
  'forms.list_read': ofUnit,
  'forms.read_content': ({ forms }) => forms.map((id) => ({ id })),
  'keys.list_certifying': () => everywhere,
  'operations.get_health': ({ unitCode }) => [{ unitCode }],
  'packages.get': ofUnit,
  'imports.list': ofUnit,
  // Only of an import that is there: whose it is, is asked in the module's own journeys.
  'imports.get': ({ unitCode }) => [{ id: `${unitCode.slice(0, 2)}-00000000-0000-0000-0000-000000000000` }],
  'imports.check': ({ unitCode }) => [{ id: `${unitCode.slice(0, 2)}-00000000-0000-0000-0000-000000000000`, part: 0 }],
  // Packed files cannot be searched for words; each module's own journeys ask who gets them.
  'imports.write_template': () => [],
  'imports.write_problems': () => [],
  'packages.download': () => [],
  'sign_in.get_installation': () => everywhere,
  'sign_in.who_am_i': () => everywhere,
  'sign_in.get_factors': () => everywhere,
  'sign_in.list_notices': () => everywhere,
  'sign_in.list_own_ways': () => everywhere,
  'sign_in.list_sessions': () => everywhere,
  'sign_in.list_ways': () => everywhere,
  // About one account: what it shows, and to whom, is asked in the module's own journeys.
  'sign_in.list_ways_of': () => [],
  'people.list_own': () => everywhere,
  'people.list_accounts': ({ unitCode }) => [{ unitCode }],
  'proofs.list_logs': () => everywhere,
  'proofs.list_checkpoints': ({ unitCode }) => [{ provinceCode: Number(unitCode.slice(0, 2)) }],
  'proofs.list_witnesses': () => everywhere,
  'proofs.prove_inclusion': ({ unitCode }) => [{ provinceCode: Number(unitCode.slice(0, 2)), index: 0 }],
  'proofs.prove_consistency': ({ unitCode }) => [{ provinceCode: Number(unitCode.slice(0, 2)), first: 1, second: 2 }],
  'column.get_version': () => everywhere,
  'column.list_units': () => everywhere,
  'column.get_home': ({ unitCode }) => [{ unitCode }],
  'column.list_published': ({ unitCode }) => [{ unitCode }, { unitCode, query: '密' }],
  'column.get_table': ({ unitCode }) => [{ unitCode }],
  // Only of what is there: whose it is, is asked in the module's own journeys.
  'column.get_published': ({ unitCode }) => [{ id: noRecord(unitCode) }],
  'column.read_published_picture': ({ unitCode }) => [{ id: noRecord(unitCode), picture: noRecord(unitCode) }],
  'column.list_articles': ofUnit,
  'column.get_article': ({ unitCode }) => [{ id: noRecord(unitCode) }],
  'column.read_picture': ({ unitCode }) => [{ id: noRecord(unitCode) }],
  'column.list_releases': ofUnit,
  'column.get_settings': ofUnit,
  'questionnaires.list': ofUnit,
  'questionnaires.get': nobodys({}),
  'questionnaires.open_form': () => [{ code: '99aaaaaaaa' }],
  'questionnaires.list_channels': nobodys({}),
  'questionnaires.list_invitations': nobodys({}),
  'questionnaires.get_results': nobodys({}),
  'questionnaires.get_cross_table': nobodys({ row: 'q1', column: 'q2' }),
  'questionnaires.list_texts': nobodys({ question: 'q1' }),
  'questionnaires.list_suggestions': nobodys({}),
  'questionnaires.list_versions': nobodys({}),
  'questionnaires.export_answers': nobodys({ format: 'csv' }),
  'questionnaires.export_form': nobodys({}),
  'questionnaires.get_version': nobodys({ number: 1 }),
  'reports.list': ofUnit,
  'reports.get': ({ reports }) => reports.map((id) => ({ id })),
  'reports.list_versions': ({ reports }) => reports.map((id) => ({ id })),
  'reports.get_version': ({ reports }) => reports.flatMap((id) => [1, 2, 3].map((number) => ({ id, number }))),
  'reports.list_pictures': ofUnit,
  // A packed file that cannot be searched for words; reports/actions.test.ts unpacks it.
  'reports.export': () => [],
  'returns.get': ofUnit,
  'returns.get_version': (ground) => numbers(ground).map((number) => ({ edition, unitCode: ground.unitCode, number })),
  'returns.get_changes': ofUnit,
  'returns.get_difference': ofUnit,
  'returns.get_as_of': ({ unitCode }) => moments.map((at) => ({ edition, unitCode, at })),
  'returns.list_acts': ofUnit,
  'seals.verify_receipt': ({ unitCode }) => [{ code: `2023-${unitCode}-1-0000-0000` }],
  'tasks.list': ofUnit,
  'plans.get': ofUnit,
  'plans.file': ofUnit,
  'plans.calendar': ({ unitCode }) => [{ edition, unitCode, month: '2023-06' }],
  'notices.list': ofUnit,
  'publicity.list_media': ofUnit,
  'publicity.find_doubles': ({ unitCode }) => [{ edition, unitCode, title: '商业秘密保护服务月启动', link: 'https://example.com/1' }],
  'publicity.list_materials': ofUnit,
  'publicity.list_moves': ofUnit,
  // Only of an item that is there: who reads one is asked in the module's own journeys.
  'publicity.get_media': ({ unitCode }) => [{ edition, id: noRecord(unitCode) }],
  'service_points.list': ofUnit,
  'service_points.count': ofUnit,
  // Only of a point that is there: who reads one is asked in the module's own journeys.
  'service_points.get': ({ unitCode }) => [{ edition, id: noRecord(unitCode) }],
  'service_points.find_public': ({ unitCode }) => [{}, { unitCode }],
  'templates.list': () => everywhere,
  'templates.get': () => [{ code: 'duties' }],
  // A packed file for everybody.
  'templates.write': () => [],
  'trainings.find_public': ({ unitCode }) => [{}, { unitCode }],
  'trainings.list': ofUnit,
  // Only of what is there: who reads a training or a ticket is asked in the module's own journeys.
  'trainings.get': nobodys({}),
  'trainings.get_public': nobodys({}),
  'trainings.get_venue_screen': nobodys({}),
  'trainings.open_venue': nobodys({ code: 'abc.0000000000000000000000' }),
  'trainings.get_ticket': ({ unitCode }) => [{ code: `${unitCode.slice(0, 2)}aaaaaaaaaa` }],
  'visits.list': ({ unitCode }) => [{ edition, unitCode }, { edition, unitCode, query: '密' }],
  'visits.get_day': ({ unitCode }) => [{ edition, unitCode, day: '2023-06-15' }],
  'visits.list_officers': ofUnit,
  // Only of a visit that is there: who reads one is asked in the module's own journeys.
  'visits.get': ({ unitCode }) => [{ id: `${unitCode.slice(0, 2)}-00000000-0000-0000-0000-000000000000` }],
  'units.find': () => [{ edition, query: '县' }],
  'units.get': ofUnit,
};
