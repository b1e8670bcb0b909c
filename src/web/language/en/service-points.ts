// Words of service points, in English.
import type { servicePoints as chinese } from '../zh/service-points.ts';
import { visits } from './visits.ts';

export const servicePoints: typeof chinese = {
  title: 'Service points',
  kinds: { contact_point: 'Contact point', service_station: 'Service station', guidance_station: 'Guidance station', demo_site: 'Demonstration site', protection_base: 'Protection base' },
  states: { candidate: 'Candidate', nurturing: 'Being nurtured', applied: 'Applied for', inspected: 'Inspected', named: 'Named', reviewed: 'Checked', revoked: 'Revoked' },
  acts: {
    propose: 'Proposed', nurture: 'Begin to nurture', apply: 'Apply', pass_inspection: 'Inspection passed', fail_inspection: 'Inspection failed', name: 'Name', pass_review: 'Yearly check passed', fail_review: 'Yearly check failed', revoke: 'Revoke', restore: 'Restore',
  },
  topics: visits.topics,
  intro: 'Contact points, stations, demonstration sites and bases. Named ones are public and found by region. The official table does not count them; the summary report may.',
  list: {
    add: 'Add a point', query: 'Find by name, body or address', kind: 'Kind', state: 'State', all: 'All', none: 'No service points yet. When a visit or a meeting shows a suitable enterprise, park or association, propose it as a candidate.', noneFound: 'Nothing found. Try other conditions.',
    total: (count) => `${count} in all`, due: (day) => `Check due: ${day}`, overdue: 'Check is due', demonstration: 'Example',
  },
  counts: { title: 'This unit and those below', kind: 'Kind', named: 'Named', onTheWay: 'On their way', services: 'Services in this edition', none: 'No service points at this unit or below.' },
  form: {
    create: 'Add a service point', edit: 'Change a service point', kind: 'Kind', name: 'Name', nameHint: 'As on its plaque', body: 'At which enterprise, park or association', uscc: 'Code of the enterprise it is at', address: 'Address', hours: 'Hours', telephone: 'Public telephone',
    telephoneHint: 'An office number only. Liaison officers are kept apart and never public', coverage: 'Whom it serves', coverageHint: 'Such as: 120 enterprises of the park', position: 'Position', positionHint: 'Latitude, then longitude: 30.25,120.17. For finding points nearby', positionWrong: 'Write “latitude,longitude”, such as 30.25,120.17',
    save: 'Save', saved: 'Saved', cancel: 'Leave it',
  },
  one: {
    back: 'All points', edit: 'Change', facts: 'Facts', life: 'Its way', steps: 'Next', day: 'Day', note: 'Note', noteHint: 'Needed where something failed or is revoked', none: 'There is no step for you now.', done: (act) => `Done: ${act}`,
    namedOn: 'Named on', reviewedOn: 'Last check', dueOn: 'Next check', unit: 'Unit', state: 'State', publicNote: 'Public', notPublic: 'Public once it is named', by: (name, when) => `${name}, ${when}`,
  },
  liaisons: {
    title: 'Liaison officers', show: (count) => `Show (${count})`, none: 'No liaison officer yet. A point should have one.', readHint: 'Names and numbers are personal information: only this unit sees them, and each look is recorded.', add: 'Register', side: 'Side', sides: { point: 'Of the point', bureau: 'Of the bureau' }, name: 'Name', post: 'Post',
    telephone: 'Telephone', toldOn: 'Told on', toldHint: 'Tell the person first: the number serves the work of the point only and is deleted on request', since: 'In office since', end: 'Leaves: delete', ended: 'Left; name and number are deleted', saved: 'Registered',
  },
  log: {
    title: 'Service log', add: 'Log a service', day: 'Day', topic: 'About', enterprise: 'Enterprise helped', what: 'What was done', whatHint: 'What it was about, never what was confided', save: 'Log', none: 'Nothing logged yet.', saved: 'Logged', bin: 'Delete', binned: 'Deleted', restore: 'Bring back', deleted: 'deleted',
  },
};
