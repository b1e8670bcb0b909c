// Words of trainings.
import type { trainings as zhTrainings } from '../zh/trainings.ts';

export const trainings: typeof zhTrainings = {
  title: 'Trainings',
  states: { draft: 'Draft', open: 'Announced', held: 'Held', cancelled: 'Called off' },
  modes: { offline: 'On site', online: 'Online', mixed: 'On site and online' },
  acts: { open: 'Announce and open sign-up', end: 'End the training', resume: 'Take check-in up again', cancel: 'Call it off', restore: 'Bring it back' },
  reasons: { not_registered: 'Not registered yet', sole_trader: 'Sole trader', foreign: 'Foreign enterprise', military: 'Military', unknown_on_site: 'Code not known here' },
  intro: 'Announce a training; enterprises sign up on the site and check in by code. Sessions, attendances and enterprises enter the ledger by themselves.',
  list: { add: 'New training', none: 'No training yet. Draft one; once it is announced enterprises can sign up.', total: (count) => `${count} trainings`, counts: (places, attendances, enterprises) => `${places} signed up, ${attendances} attendances, ${enterprises} enterprises`, demonstration: 'Demonstration', templates: 'Templates for enterprises' },
  form: {
    create: 'New training', edit: 'Change a training', title: 'Title', startsAt: 'Begins', endsAt: 'Ends', mode: 'Mode', place: 'Place', placeHint: 'Online: the name of the platform', capacity: 'Places', capacityHint: 'Empty: as many as come', audience: 'For whom', description: 'About',
    signUpUntil: 'Sign up until', link: 'Link to materials', linkHint: 'Shown on the tickets of those who signed up', linkName: 'Name of the materials', save: 'Save', saved: 'Saved', cancel: 'Leave it', wrongCapacity: 'A whole number, please.', timeMissing: 'Give day and time.',
  },
  one: {
    back: 'All trainings', edit: 'Change', facts: 'Facts', steps: 'What can be done', reason: 'Why it is called off', reasonHint: 'Only for calling off; shown on the site', none: 'Nothing to be done by you now.', done: (act) => `Done: ${act}`, page: 'Page on the site', checkIn: 'Check in', venue: 'Screen at the venue', entry: 'Ledger entry',
    places: 'Signed up', checkIns: 'Check-ins', enterprises: 'Enterprises there', attendances: 'Attendances in the ledger', cancelledFor: 'Called off', beyond: (count) => `An entry lists 500 enterprises; ${count} more are not in it. Add an adjustment to the cell of enterprises; a second entry would count a second session.`,
    person: (count) => `${count} people`, times: (count) => `${count} attendances`, firms: (count) => `${count} enterprises`,
  },
  correction: { title: 'Counted by hand', hint: 'Whoever was there without a code: count and add here; less than none where too many were taken.', count: 'Attendances', reason: 'Reason', reasonHint: 'Eight characters or more', save: 'Correct', saved: 'Corrected, and the ledger with it', now: (count, why) => `Now ${count} by hand: ${why}`, whole: 'A whole number, please.' },
  people: {
    title: 'Who comes', show: 'Show the list', hint: 'Names are personal information: only those of the unit who run trainings see them, each look is recorded, and they are erased after the service month.', none: 'Nobody has signed up yet.', print: 'Print the list', enterprise: 'Enterprise', name: 'Name', there: 'Checked in on', sign: 'Signature', erased: 'erased', add: 'Write somebody down', uscc: 'Unified social credit code', usccHint: 'Without one leave it empty and choose the reason',
    enterpriseName: 'Name of the enterprise', reason: 'Why without a code', hasCode: 'It has a code', present: 'Is here: check in at once', save: 'Write down', added: (code) => `Written down, ticket code ${code}`, checkIn: 'Check in',
  },
  door: { title: 'Check in', hint: 'Scan the code on a ticket with the camera of the telephone, which opens this page; or type the ticket code.', code: 'Ticket code', do: 'Check in', counted: 'Checked in', before: 'Checked in today before; counted once', said: (name, enterprise) => `${name}, ${enterprise}`, found: 'A ticket was scanned. Look, then check in.' },
  screen: { title: 'Check in here', hint: 'Scan with a telephone to check in. The code changes every 30 seconds; a picture of it is of no use.', seconds: (count) => `Changes in ${count} s`, count: (count) => `${count} checked in`, label: 'Code to check in' },
  feedback: { title: 'What people thought', none: 'Nothing yet.', few: (count) => `${count} came in. Shown from three on, so that nobody can be told.`, total: (count, mean) => `${count} answers, ${mean} of 5`, star: (star) => `${star} of 5` },
};
