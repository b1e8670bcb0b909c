// The words in exported files, English.
import type { ExportWords } from './words.ts';

export const english: ExportWords = {
  language: 'en',
  names: { ledger: 'Ledger', bin: 'Recycle bin', enterprises: 'Enterprises served', register: 'Enterprises known', coverage: 'Key enterprises served', contacts: 'Contacts of enterprises', matrix: 'Matrix', overview: 'Overview', cell: 'Records of a cell', units: 'Units', accounts: 'Accounts', audit: 'Audit trail' },
  info: {
    sheet: 'About', subject: 'Content', unit: 'Unit', edition: 'Edition', filter: 'Search', noFilter: 'All', rows: 'Rows', by: 'Exported by', at: 'Exported at', basis: 'Basis', dataClass: 'Class of data',
    secrecy: 'Secrecy', demonstration: 'Demonstration', unofficial: 'Made-up edition',
  },
  demonstration: 'Demonstration',
  demonstrationLine: 'Demonstration data: units, people and figures are made up.',
  secrecyLine: 'This platform is not for state secrets. Keep this file as your work requires.',
  dataClasses: { work: 'Internal working data', enterprises: 'Internal working data with facts of enterprises', persons: 'Internal administration data with personal information' },
  filters: { kind: 'Kind', from: 'From', to: 'To', query: 'Keyword', indicator: 'Indicator', tag: 'Kind of enterprise', target: 'Key enterprises', served: 'Served' },
  bases: {
    live: 'Live figures of the ledgers below, submitted or not, for following progress', submitted: 'Figures last submitted from below; empty where nothing was submitted',
    counts_only: 'Not submitted yet: counts only, no records', cell_live: 'Records in the unit’s ledger now', cell_submitted: 'Records of the submitted version',
  },
  ledger: {
    number: 'No.', date: 'Date', kind: 'Kind', title: 'Title', place: 'Place', enterpriseCount: 'Enterprises', enterprises: 'Names of enterprises', coHosts: 'Co-hosts', windowReason: 'Reason for a date outside the month',
    note: 'Note', evidence: 'Files', by: 'Recorded by', recordedAt: 'Recorded at', marks: 'Marks', id: 'Entry number', deletedAt: 'Deleted at',
  },
  marks: { late: 'Recorded late', outside: 'Outside the month', demonstration: 'Demonstration' },
  enterprises: { uscc: 'Unified social credit code', name: 'Enterprise', reason: 'Why without a code', times: 'Times served', kinds: 'Activities', first: 'First on', last: 'Last on' },
  register: { uscc: 'Unified social credit code', name: 'Enterprise', tags: 'Kind', industry: 'Industry', address: 'Address', target: 'Key enterprise', yes: 'yes', no: 'no', services: 'Times served', last: 'Last on', note: 'Note' },
  tags: { knowledge_intensive: 'knowledge-intensive', technology_intensive: 'technology-intensive', innovative: 'innovative', time_honoured: 'time-honoured brand' },
  coverage: { unit: 'Unit', code: 'Code', targets: 'Key enterprises', served: 'Served', percent: 'Share (%)', own: 'Own level', total: 'Jurisdiction (each enterprise once)' },
  contacts: { uscc: 'Unified social credit code', enterprise: 'Enterprise', name: 'Contact', post: 'Post', telephone: 'Telephone', email: 'E-mail', purposes: 'Purposes told', toldOn: 'Told on', toldBy: 'Told by' },
  purposes: { visits: 'visits', trainings: 'invitations to trainings and meetings', questionnaires: 'questionnaires', guidance: 'policy and guidance' },
  reasons: { not_registered: 'Not registered yet', sole_trader: 'Sole trader or person', foreign: 'Foreign enterprise', military: 'Military unit', unknown_on_site: 'Not obtained on site' },
  matrix: {
    code: 'Unit code', unit: 'Unit', state: 'State', late: 'Late', submittedAt: 'Submitted at', missing: 'Units missing', below: 'Units below', entries: 'Ledger entries', own: 'Own level', total: 'Jurisdiction total',
    submittedTotal: 'Submitted total',
  },
  lateness: { submitted_late: 'Submitted late', overdue: 'Overdue' },
  ranking: { place: 'Place', percent: 'Units submitted (%)', units: 'Units', submitted: 'Submitted', accepted: 'Accepted', late: 'Late' },
  states: {
    draft: 'Draft', self_checked: 'Self-checked', in_review: 'In review', returned: 'Returned', approved: 'Approved', signed: 'Signed', sealed: 'Sealed', submitted: 'Submitted',
    returned_by_upper: 'Returned by upper unit', accepted: 'Accepted', correction_requested: 'Correction asked for', reopened: 'Reopened',
  },
  cell: { date: 'Date', kind: 'Kind', title: 'Title', adds: 'Adds', times: 'Attendances of enterprises', by: 'Recorded by', adjustment: 'Adjustment', form: 'Form read in', id: 'Record' },
  units: { code: 'Code', name: 'Name', shortName: 'Short name', kind: 'Kind', upperCode: 'Code of the upper unit', upper: 'Reports to', depth: 'Level', validFrom: 'In use since' },
  unitKinds: { nation: 'Nation', province: 'Province', xpcc: 'XPCC', prefecture: 'Prefecture', county: 'County', zone: 'Functional zone' },
  accounts: { name: 'Name', signInName: 'User name', roles: 'Roles', state: 'State', active: 'In use', waiting: 'No password yet', disabled: 'Stopped' },
  roles: { clerk: 'Clerk', reviewer: 'Reviewer', head: 'Signing head', coordinator: 'Coordinator', national_office: 'National office', column_editor: 'Column editor', column_publisher: 'Column publisher', system_administrator: 'System administrator', security_administrator: 'Security administrator', auditor: 'Auditor' },
  audit: { number: 'Number', at: 'At', who: 'Who', action: 'What', subject: 'Of what', subjectId: 'Which', basis: 'Basis', before: 'Before', after: 'After', system: 'System', notSignedIn: 'Not signed in' },
  withUnit: (field) => field,
  enterprise: (name, code) => `${name} (${code})`,
  roleAt: (role, unit) => `${role} (${unit})`,
  page: 'Page {page} of {pages}',
  separator: '; ',
};
