// What every writing endpoint is told, as briefly as it may be said: for tests that try each as everybody (B-S1), and each with an audit
// trail that cannot be written (B-F8). A new writing endpoint fails there until it stands here, or among `spoken`, told elsewhere.
import { actorOf } from './country.ts';
import { emptyQuestionnaire } from '../modules/questionnaires/rules/drafting.ts';
import { edition, publicity, type SettledPublicity, type SettledVisits, syntheticUscc, visitContentOf } from './steps.ts';

/** One of each kind of record at a unit. */
export interface Records {
  readonly unitCode: string;
  /** Its upper unit, and a neighbour under the same one. */
  readonly upper: string;
  readonly neighbour: string;
  readonly activity: string;
  readonly adjustment: string;
  readonly form: string;
  readonly import: string;
  readonly report: string;
  readonly reminder: string;
  readonly account: string;
  readonly visits: SettledVisits;
  readonly publicity: SettledPublicity;
  /** A filled form as CSV. */
  readonly formText: string;
}

export interface Told {
  readonly input: object;
  /** The units at which the policy is asked, when not the unit itself; `seat` the caller's own. */
  readonly at?: readonly string[];
  readonly bytes?: string;
}

const reason = '测试需要，按规定办理';
const text = '请于今日下班前报送';
const none = (unitCode: string): string => `${unitCode.slice(0, 2)}-00000000-0000-4000-8000-000000000000`;
const acts = [
  ...['self_check', 'send_for_review', 'withdraw', 'approve', 'sign', 'seal', 'submit', 'accept'].map((act) => ({ act })),
  ...['return_for_correction', 'return_by_upper'].map((act) => ({ act, reasons: [{ indicator: null, text: reason }] })),
  ...['request_correction', 'decline_correction', 'reopen'].map((act) => ({ act, reason })),
];
const mediaContent = { title: '媒体报道服务月', outlet: '望月县融媒体中心', level: 'county', publishedOn: '2023-06-16' };
const pointContent = { kind: 'contact_point', name: '示例联络点', address: '望月县示例路1号' };
const trainingContent = { title: '商业秘密保护培训', startsAt: '2023-06-28T09:00:00.000+08:00', endsAt: '2023-06-28T17:00:00.000+08:00', mode: 'online', signUpUntil: '2023-06-28T09:00:00.000+08:00' };
const planContent = { title: '望月县服务月实施方案', goals: '服务企业', tasks: [], activities: [] };
const extension = { code: 'x.offline', row: 11, label: '线下培训', englishLabel: 'Training on site', unit: 'SESSION', unitWord: '场次', counting: { kinds: ['training'], measure: 'entries' } };

const holder = { name: '厂长', phone: '0571-00000000' };
const firmAt = (unitCode: string): string => actorOf(`enterprise of ${unitCode}`).accountId;

type Telling = (records: Records, seat: string) => readonly Told[];
const ofUnit = (more: object): Telling => ({ unitCode }) => [{ input: { edition, unitCode, ...more } }];
/** At the unit, where it may be refused for what the unit is, and at one where it makes sense. */
const ofUpper = (upper: string, more: object): Telling => ({ unitCode }) => [unitCode, upper].map((code) => ({ input: { edition, unitCode: code, ...more }, at: [code] }));
const ofNation = (more: object): Telling => ({ unitCode }) => [unitCode, '000000'].map((code) => ({ input: { edition, unitCode: code, ...more }, at: [code] }));

export const writes: { readonly [endpoint: string]: Telling } = {
  'activities.record': ofUnit({ content: publicity() }),
  'activities.record_many': ofUnit({ contents: [publicity()] }),
  'activities.edit': ({ activity: id }) => [{ input: { id, version: 1, content: publicity({ title: '改过的活动' }), reason } }],
  'activities.delete': ({ activity: id }) => [{ input: { id, version: 1 } }],
  'activities.delete_many': ({ activity: id, unitCode }) => [{ input: { edition, unitCode, entries: [{ id, version: 1 }] } }],
  'activities.restore': ({ activity: id }) => [{ input: { id, version: 1, toVersion: 1 } }],
  'editions.add_extension_row': ofUpper('990000', { definition: extension }),
  'editions.remove_extension_row': ofUpper('990000', { code: 'x.visits' }),
  'editions.set_internal_deadline': ofUpper('990100', { dueAt: '2023-07-05T17:00:00.000+08:00', reason }),
  'editions.close': ofNation({ reason }),
  'editions.open_again': ofNation({ reason }),
  'enterprises.save': ofUnit({ uscc: syntheticUscc(1), name: '测试企业1', version: 0, content: { tags: ['innovative'] }, target: true }),
  'enterprises.remove': ofUnit({ uscc: syntheticUscc(1), version: 0 }),
  'enterprises.choose_targets': ofUnit({ codes: [syntheticUscc(1)], chosen: true }),
  'enterprises.read_contacts': ofUnit({ uscc: syntheticUscc(1) }),
  'enterprises.save_contact': ofUnit({
    uscc: syntheticUscc(1), id: null, version: 0, person: { name: '钱某', telephone: '00000000000' },
    consent: { purposes: ['visits'], notice: '仅用于服务月期间的工作联系', toldOn: '2023-06-20', toldBy: '李四', toldHow: 'in_person' },
  }),
  'enterprises.erase_contact': ({ unitCode }) => [{ input: { edition, unitCode, uscc: syntheticUscc(1), id: none(unitCode), version: 1, reason: 'withdrawn' } }],
  'enterprises.merge': ofUnit({ from: { uscc: syntheticUscc(2) }, into: syntheticUscc(1), reason }),
  'enterprises.undo_merge': ({ unitCode }) => [{ input: { id: none(unitCode), reason } }],
  'evidence.upload': ({ unitCode }) => [{ input: { edition, unitCode, name: '签到表.pdf' }, bytes: '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n' }],
  'enterprise_accounts.ask': ({ unitCode }) => [{ input: { uscc: syntheticUscc(7), name: '新来的厂', contact: holder, unitCode } }],
  'enterprise_accounts.start': () => [{ input: { uscc: syntheticUscc(7), code: 'no such code', password: 'Chabei-7-Shanlu' } }],
  'enterprise_accounts.change_contact': () => [{ input: { contact: holder } }],
  'enterprise_accounts.invite': ({ unitCode }) => [{ input: { unitCode, uscc: syntheticUscc(8), name: '另一家厂', contact: holder, checked: reason } }],
  'enterprise_accounts.decide_request': ({ unitCode }) => [{ input: { id: none(unitCode), approve: true, checked: reason } }],
  'enterprise_accounts.make_code': ({ unitCode }) => [{ input: { accountId: firmAt(unitCode) } }],
  'enterprise_accounts.set_state': ({ unitCode }) => [{ input: { accountId: firmAt(unitCode), disabled: true, reason } }],
  'enterprise_accounts.request_recovery': ({ unitCode }) => [{ input: { accountId: firmAt(unitCode), contact: holder, reason } }],
  'enterprise_accounts.decide_recovery': ({ unitCode }) => [{ input: { accountId: firmAt(unitCode), approve: false } }],
  'assessments.save_own': () => [{ input: { version: 0, size: null, answers: {}, finish: false } }],
  'assessments.share': ({ unitCode }) => [{ input: { id: none(unitCode), shared: true } }],
  'assessments.remove_own': ({ unitCode }) => [{ input: { id: none(unitCode) } }],
  'assessments.open': ({ unitCode }) => [{ input: { id: none(unitCode) } }],
  'assessments.record': ofUnit({ uscc: syntheticUscc(9), name: '第三家厂', size: 'small', answers: {}, agreedBy: null, visitId: null }),
  'figures.add_adjustment': ofUnit({ indicator: 'training.sessions', delta: 1, reason }),
  'figures.withdraw_adjustment': ({ adjustment: id }) => [{ input: { id, reason } }],
  'forms.read': ({ unitCode, formText }) => [{ input: { edition, unitCode, name: '报表.csv' }, bytes: formText }],
  'forms.confirm': ({ form: id }) => [{ input: { id, figures: { 'visit.enterprises': 3 }, below: [], chosen: {} } }],
  'forms.withdraw': ({ form: id }) => [{ input: { id, reason, restore: false } }],
  'imports.upload': ({ unitCode }) => [{ input: { edition, unitCode, subject: 'ledger', kind: 'training', fileName: '台账.csv' }, bytes: '活动日期,活动名称\n2023-06-15,培训一\n' }],
  'imports.map': ({ import: id }) => [{ input: { id, headerRow: 0, columns: ['occurredOn', 'title'] } }],
  'imports.apply': ({ import: id }) => [{ input: { id, part: 0, changes: false } }],
  'imports.undo': ({ import: id }) => [{ input: { id } }],
  'imports.write_problems': ({ import: id }) => [{ input: { id, heading: '问题', problems: [] } }],
  'imports.write_template': ({ unitCode }) => [{ input: { edition, unitCode, subject: 'ledger', kind: 'training', withEntries: false } }],
  'packages.make': ofUnit({ version: 99, evidence: [] }),
  'packages.write_receipt': ofUnit({ seen: 0, returnVersion: 99, receiptNumber: '2023-0001', receivedAt: '2023-06-26T09:00:00.000+08:00', reason: null }),
  'packages.download': ({ unitCode }) => [{ input: { id: none(unitCode) } }],
  'column.create_article': ofUnit({ kind: 'news', document: { title: '专栏稿件', summary: '', origin: '', blocks: [], notBefore: null } }),
  'column.save_article': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1, document: { title: '专栏稿件', summary: '', origin: '', blocks: [], notBefore: null } } }],
  'column.act': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1, act: 'offer' } }],
  'column.decide_article': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1, act: 'publish' } }],
  'column.upload_picture': ({ unitCode }) => [{ input: { edition, unitCode, name: '图.png' }, bytes: 'not a picture' }],
  'column.take_picture': ({ unitCode }) => [{ input: { edition, unitCode, evidence: none(unitCode) } }],
  'column.freeze': ofUpper('990100', { asOf: '2023-06-20', basis: 'ledger' }),
  'column.decide_release': ({ unitCode }) => [{ input: { id: none(unitCode), verdict: 'refuse', reason } }],
  'column.propose_settings': ofUnit({ settings: { office: '望月县市场监督管理局', telephone: '', address: '', hours: '', help: '', licence: 'none' } }),
  'column.approve_settings': ofUnit({}),
  'questionnaires.import_form': ({ unitCode }) => [{ input: { edition, unitCode, name: '表单.xlsx' }, bytes: 'no workbook' }],
  'questionnaires.create': ofUnit({ from: { is: 'example' } }),
  'questionnaires.save': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1, definition: emptyQuestionnaire } }],
  'questionnaires.answer': () => [{ input: { code: '99aaaaaaaa', answers: { values: {}, texts: {} }, ticket: 'none' } }],
  'questionnaires.open_channel': ({ unitCode }) => [{ input: { id: none(unitCode), kind: 'open', name: '公众号' } }],
  'questionnaires.save_channel': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1, name: '公众号', handedOut: 0, closed: true } }],
  'questionnaires.invite': ({ unitCode }) => [{ input: { id: none(unitCode), enterprises: [{ uscc: syntheticUscc(1), name: '示例企业' }] } }],
  'questionnaires.renew_invitation': ({ unitCode }) => [{ input: { id: none(unitCode) } }],
  'questionnaires.withdraw_invitation': ({ unitCode }) => [{ input: { id: none(unitCode), withdrawn: true } }],
  'questionnaires.enter_answer': ({ unitCode }) => [{ input: { id: none(unitCode), answers: { values: {}, texts: {} } } }],
  'questionnaires.make_suggestion': ({ unitCode }) => [{ input: { id: none(unitCode), content: { title: '多办培训', topic: null, texts: [{ answerId: none(unitCode), question: 'q1' }] } } }],
  'questionnaires.save_suggestion': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1, content: { title: '多办培训', topic: null, texts: [{ answerId: none(unitCode), question: 'q1' }] } } }],
  'questionnaires.remove_suggestion': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1 } }],
  'questionnaires.export_answers': ({ unitCode }) => [{ input: { id: none(unitCode), format: 'csv' } }],
  'questionnaires.publish': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1 } }],
  'questionnaires.close': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1 } }],
  'questionnaires.open_again': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1 } }],
  'questionnaires.remove': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1 } }],
  'questionnaires.restore': ({ unitCode }) => [{ input: { id: none(unitCode) } }],
  'reports.create': ofUnit({ kind: 'information' }),
  'reports.save': ({ report: id }) => [{ input: { id, version: 1, document: { title: '报告', addressee: '', blocks: [], attachments: [], signature: '', date: null } } }],
  'reports.restore': ({ report: id }) => [{ input: { id, version: 1, toVersion: 1 } }],
  'reports.redraft': ({ report: id }) => [{ input: { id, version: 1 } }],
  'reports.remove': ({ report: id }) => [{ input: { id, version: 1 } }],
  'returns.act': ({ unitCode }) => acts.map((command) => ({ input: { edition, unitCode, version: 0, command } })),
  'returns.write_note': ofUnit({ check: 'visit.none', note: reason }),
  // Reminded from the caller's own unit.
  'tasks.remind': ({ unitCode }, seat) => [{ input: { edition, unitCode: seat, unitCodes: [unitCode], text } }],
  'tasks.read_reminder': ({ reminder: id }) => [{ input: { id } }],
  'visits.plan': ({ unitCode }) => [{ input: { edition, unitCode, day: '2023-06-20', officers: [], enterprises: [visitContentOf(8, '2023-06-20').enterprise] } }],
  'visits.replan': ({ visits: { planned: id } }) => [{ input: { id, version: 1, day: '2023-06-23', officers: [] } }],
  'visits.order': ({ unitCode, visits: { planned } }) => [{ input: { edition, unitCode, day: '2023-06-20', ids: [planned] } }],
  'visits.record': ({ unitCode, account: by }) => [{ input: { edition, unitCode, key: '00000000-0000-4000-8000-000000000002', by, content: visitContentOf(9, '2023-06-20') } }],
  'visits.edit': ({ visits: { made: id } }) => [{ input: { id, version: 1, content: visitContentOf(8, '2023-06-22') } }],
  'visits.cancel': ({ visits: { made: id } }) => [{ input: { id, version: 1 } }],
  'visits.restore': ({ visits: { calledOff: id } }) => [{ input: { id, version: 2 } }],
  'visits.settle': ({ visits: { made: id } }) => [{ input: { id, version: 1, followUp: 'grievance', done: true } }],
  'plans.draft': ofUnit({ from: 'outline' }),
  'plans.save': ofUnit({ version: 1, content: planContent }),
  'plans.issue': ofUnit({ version: 1 }),
  'plans.finish_activity': ofUnit({ version: 1, activity: 'a1', entry: null }),
  'notices.send': ofUpper('990100', { title: '关于报送进展的通知', text: '请于本周五前报送进展情况。', unitCodes: [] }),
  'notices.read': ({ unitCode }) => [{ input: { edition, unitCode, id: none(unitCode) } }],
  'notices.remind': ({ unitCode }) => [{ input: { edition, unitCode, id: none(unitCode) } }],
  'publicity.add_media': ofUnit({ content: mediaContent }),
  'publicity.edit_media': ({ publicity: { item: id } }) => [{ input: { id, edition, version: 1, content: mediaContent } }],
  'publicity.bin_media': ({ publicity: { item: id } }) => [{ input: { id, edition, version: 1, binned: true } }],
  'publicity.add_material': ofUnit({ content: { name: '宣传海报', form: 'poster' } }),
  'publicity.edit_material': ({ publicity: { material: id } }) => [{ input: { id, edition, version: 1, content: { name: '宣传海报', form: 'poster' } } }],
  'publicity.move_material': ({ publicity: { material: id } }) => [{ input: { id, edition, move: { kind: 'received', amount: 100, onDay: '2023-06-20' } } }],
  'service_points.add': ofUnit({ content: pointContent }),
  'service_points.edit': ({ unitCode }) => [{ input: { edition, id: none(unitCode), version: 1, content: pointContent } }],
  'service_points.act': ({ unitCode }) => [{ input: { edition, id: none(unitCode), version: 1, act: 'nurture', onDay: '2023-06-20' } }],
  'service_points.name': ({ unitCode }) => [{ input: { edition, id: none(unitCode), version: 1, act: 'name', onDay: '2023-06-20' } }],
  'service_points.read_liaisons': ({ unitCode }) => [{ input: { edition, id: none(unitCode) } }],
  'service_points.save_liaison': ({ unitCode }) => [{
    input: { edition, id: none(unitCode), liaison: null, version: null, side: 'point', person: { name: '孙某', telephone: '00000000000' }, toldOn: '2023-06-20', since: '2023-06-20' },
  }],
  'service_points.end_liaison': ({ unitCode }) => [{ input: { edition, id: none(unitCode), liaison: none(unitCode), version: 1 } }],
  'service_points.log_service': ({ unitCode }) => [{ input: { edition, id: none(unitCode), occurredOn: '2023-06-20', topic: 'law', what: '解答法律问题' } }],
  'service_points.bin_service': ({ unitCode }) => [{ input: { edition, id: none(unitCode), service: none(unitCode), binned: true } }],
  'trainings.create': ofUnit({ content: trainingContent }),
  'trainings.save': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1, content: trainingContent } }],
  'trainings.open': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1 } }],
  'trainings.act': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1, act: 'cancel', reason } }],
  'trainings.correct': ({ unitCode }) => [{ input: { id: none(unitCode), version: 1, corrected: 3, reason } }],
  'trainings.add_person': ({ unitCode }) => [{ input: { id: none(unitCode), enterprise: { uscc: syntheticUscc(1), name: '测试企业1' }, name: '钱某' } }],
  'trainings.read_people': ({ unitCode }) => [{ input: { id: none(unitCode) } }],
  'trainings.check_in': ({ unitCode }) => [{ input: { id: none(unitCode), who: { place: none(unitCode) } } }],
  'trainings.sign_up': ({ unitCode }) => [{ input: { id: none(unitCode), enterprise: { uscc: syntheticUscc(1), name: '测试企业1' }, name: '钱某', key: '00000000-0000-4000-8000-000000000003' } }],
  'trainings.withdraw': ({ unitCode }) => [{ input: { code: `${unitCode.slice(0, 2)}aaaaaaaaaa` } }],
  'trainings.give_feedback': ({ unitCode }) => [{ input: { code: `${unitCode.slice(0, 2)}aaaaaaaaaa`, stars: 5 } }],
  'trainings.check_in_at_venue': ({ unitCode }) => [{ input: { id: none(unitCode), pass: `0.${'0'.repeat(32)}.${'A'.repeat(43)}`, who: { ticket: `${unitCode.slice(0, 2)}aaaaaaaaaa` } } }],
  'units.add_zone': ({ unitCode }) => [{ input: { unitCode, name: '望月经济开发区市场监督管理局', placeCodes: [unitCode], validFrom: '2023-06-01', demonstration: false } }],
  'units.set_reporting_line': ({ unitCode, upper }) => [{ input: { unitCode, parentCode: '990200', validFrom: '2024-01-01', reason }, at: [upper, '990200'] }],
  'units.succeed': ({ unitCode, upper, neighbour }) => [{ input: { unitCode, successorCodes: [neighbour], endsOn: '2024-01-01', reason }, at: [upper, neighbour] }],
  'units.import': ({ unitCode }) => [{ input: { unitCode, fileName: '单位.csv', dryRun: true }, bytes: 'code,name\n990103,新县市场监督管理局\n' }],
  'people.invite': ({ unitCode }) => [{ input: { unitCode, signInName: 'new.person', displayName: '新来', roles: [{ role: 'clerk', unitCode }], reason } }],
  'people.attest': ({ unitCode }) => [{ input: { unitCode, accounts: [] } }],
  'people.propose_roles': ({ account: accountId, unitCode }) => [{ input: { accountId, roles: [{ role: 'reviewer', unitCode }], reason } }],
  'people.take_role': ({ account: accountId, unitCode }) => [{ input: { accountId, role: 'clerk', unitCode, reason } }],
  'people.set_account_state': ({ account: accountId }) => [{ input: { accountId, disabled: true, reason } }],
  'people.create_sign_in_link': ({ account: accountId }) => [{ input: { accountId } }],
  'people.request_recovery': ({ account: accountId }) => [{ input: { accountId, reason } }],
};
