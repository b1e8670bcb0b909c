// Words of the pages of trainings.
import type { trainings as zhTrainings } from '../zh/trainings.ts';

export const trainings: typeof zhTrainings = {
  title: 'Trainings',
  intro: 'Trainings on the protection of trade secrets, held by the market regulators during the service month. Free of charge.',
  none: 'No training is open now. Come back in some days, or ask the local office.',
  total: (count) => `${count} trainings`,
  more: 'Next page', before: 'Previous page',
  modes: { offline: 'On site', online: 'Online', mixed: 'On site and online' },
  when: 'When', place: 'Where', mode: 'Mode', audience: 'For whom', unit: 'Held by', until: 'Sign up until', left: 'Places left', unlimited: 'No limit', materials: 'Materials', description: 'About', demonstration: 'demonstration',
  to: (from, until) => `${from} to ${until}`,
  closed: { full: 'Fully booked', late: 'Sign-up is over', held: 'Over', cancelled: 'Called off' },
  cancelledFor: (reason) => `Called off: ${reason}`,
  signUp: 'Sign up', uscc: 'Unified social credit code', usccHint: '18 characters. Without a code leave it empty and choose the reason below.', enterprise: 'Name of the enterprise', reason: 'Why without a code', reasonNone: 'It has a code',
  reasons: { not_registered: 'Not registered yet', sole_trader: 'Sole trader', foreign: 'Foreign enterprise', military: 'Military', unknown_on_site: 'Code not known here' },
  name: 'Name of who comes', notice: 'The name is used for signing up and checking in to this training only, by the office that holds it; kept encrypted, and erased after this service month. The enterprise is counted in the statistics.',
  done: { title: 'Signed up', what: 'Keep the code below or a picture of it, and show it at the door. The code is shown this once.', where: 'Open the ticket' },
  ticket: { title: 'Ticket', code: 'Ticket code', show: 'Let the staff scan the code at the door, or say the ticket code.', holder: 'Who comes', erased: 'erased', given: 'The place was given back.', there: (days) => `Checked in: ${days}`, withdraw: 'Give the place back', withdrawHint: 'If you cannot come, please leave the place to somebody else.', withdrawn: 'The place was given back.' },
  feedback: { title: 'What was it like', stars: 'All in all', star: { 1: '1, not at all good', 2: '2', 3: '3', 4: '4', 5: '5, very good' }, text: 'Remarks (optional)', send: 'Send', notice: 'Anonymous: nothing leads from it to the ticket. Please write down no trade secrets.', thanks: 'Thank you, it has come in.' },
  here: { title: 'Check in at the venue', withTicket: 'With a ticket', ticket: 'Ticket code', without: 'Without signing up', do: 'Check in', counted: 'Checked in', before: 'Checked in today before; counted once', told: (enterprise, day) => `${enterprise}, ${day}`, again: 'Please scan the code on the screen again.', old: 'The code has changed', one: 'Give the ticket code, or enterprise and name.' },
  problems: {
    duplicate: 'This person has a place already. Without the code, say enterprise and name at the door.', used: 'This scan was used. Scan the code on the screen again.', training_full: 'All places are taken.', training_late: 'Sign-up is over.', training_held: 'The training is over.', training_cancelled: 'The training was called off.',
    training_ticket: 'No such ticket, or it is for another training.', training_withdrawn: 'This place was given back.', training_not_today: 'The training is not held today.', venue_code_old: 'The code has changed. Scan the one on the screen again.', other: 'Not done. Please look at what you typed.', checked_in: 'Checked in already; it cannot be given back.',
  },
  faults: { uscc: 'The code is wrong. Compare it with the business licence.', enterprise: 'Write the name of the enterprise.', name: 'Write the name, at most 30 characters.', reason: 'Choose why there is no code.', ticket: 'A ticket code is two digits and ten letters or digits.', stars: 'Choose one.' },
};
