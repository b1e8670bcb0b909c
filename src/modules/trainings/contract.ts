// What may be asked about trainings: by the public, and by the officers who hold them.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { calendarDate } from '../../shared/instant.ts';
import { done, editionCode, plainText, queryInteger, reasonText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { attendance } from '../enterprises/model.ts';
import { attendee, checkedIn, feedbackResult, personName, publicTraining, ticket, ticketCode, training, trainingAct, trainingContent, trainingState, venueCode, venuePass } from './model.ts';

const one = { id: recordIdentifier };
/** Of the page that asks, for codes to be scanned; counts only where the installation has no address of its own. */
const origin = z.string().max(200).regex(/^https?:\/\/[A-Za-z0-9.:[\]-]+$/, { error: 'link' }).optional();
const version = z.number().int().min(1).max(1_000_000);
const byPublic = { access: 'public', unidentified: true, limit: 'visitor' } as const;
const person = z.strictObject({ enterprise: attendance, name: personName });

export const findTrainings = endpoint({
  ...byPublic, name: 'trainings.find_public', method: 'GET', path: '/api/public-trainings', summary: 'Trainings anybody may join, the next first; of a unit and of those that report to it.',
  input: z.strictObject({ unitCode: unitCode.optional(), offset: queryInteger(0, 100_000, 0), limit: queryInteger(1, 50, 20) }),
  output: z.object({ trainings: z.array(publicTraining), total: z.number().int() }),
});

export const getPublicTraining = endpoint({
  ...byPublic, name: 'trainings.get_public', method: 'GET', path: '/api/public-trainings/:id', summary: 'A training that was announced.', input: z.strictObject(one), output: publicTraining,
});

export const signUp = endpoint({
  ...byPublic, name: 'trainings.sign_up', method: 'POST', path: '/api/public-trainings/:id/places', summary: 'Takes a place. `key` is made by the caller: the same key and person get the same ticket again. The code is told here only.',
  input: z.strictObject({ ...one, ...person.shape, key: z.uuid() }), output: z.object({ code: z.string() }), problems: ['refused_by_rule', 'duplicate', 'wrong_state'], secret: true,
});

export const getTicket = endpoint({
  ...byPublic, name: 'trainings.get_ticket', method: 'GET', path: '/api/training-tickets/:code', summary: 'A ticket by its code: the training, materials, whether its holder was there.', input: z.strictObject({ code: ticketCode, origin }), output: ticket,
});

export const withdrawTicket = endpoint({
  ...byPublic, name: 'trainings.withdraw', method: 'POST', path: '/api/training-tickets/:code/withdrawal', summary: 'Gives a place back.',
  input: z.strictObject({ code: ticketCode }), output: done, problems: ['wrong_state'], secret: true,
});

export const giveFeedback = endpoint({
  ...byPublic, name: 'trainings.give_feedback', method: 'POST', path: '/api/training-tickets/:code/feedback', summary: 'What it was like, without a trace to the ticket; once a ticket, of whoever was there.',
  input: z.strictObject({ code: ticketCode, stars: z.number().int().min(1).max(5), text: plainText(500, 0).default('') }), output: done, problems: ['wrong_state', 'duplicate'], secret: true,
});

export const openVenue = endpoint({
  ...byPublic, name: 'trainings.open_venue', method: 'GET', path: '/api/public-trainings/:id/venue', summary: 'The code on the screen at the venue, for a pass that is good for ten minutes and one person.',
  input: z.strictObject({ ...one, code: venueCode }), output: z.object({ training: publicTraining, pass: z.string() }), problems: ['refused_by_rule', 'wrong_state'],
});

export const checkInAtVenue = endpoint({
  ...byPublic, name: 'trainings.check_in_at_venue', method: 'POST', path: '/api/public-trainings/:id/check-ins', summary: 'Counts somebody who is there: by ticket, or by enterprise and name. Once a day.',
  input: z.strictObject({ ...one, pass: venuePass, who: z.union([z.strictObject({ ticket: ticketCode }), person]) }), output: checkedIn, problems: ['refused_by_rule', 'wrong_state', 'duplicate'], secret: true,
});

export const listTrainings = endpoint({
  name: 'trainings.list', method: 'GET', path: '/api/editions/:edition/units/:unitCode/trainings', summary: 'Trainings of a unit, the latest first.',
  input: z.strictObject({ edition: editionCode, unitCode, state: trainingState.optional(), offset: queryInteger(0, 100_000, 0), limit: queryInteger(1, 200, 50) }),
  output: z.object({ trainings: z.array(training), total: z.number().int(), mayWrite: z.boolean() }),
});

export const getTraining = endpoint({
  name: 'trainings.get', method: 'GET', path: '/api/trainings/:id', summary: 'A training with its counts and what was said of it.', input: z.strictObject(one),
  /** `beyond`: enterprises that do not fit into one entry of the ledger. */
  output: z.object({ training, feedback: feedbackResult, entryId: z.string().nullable(), beyond: z.number().int() }),
});

export const createTraining = endpoint({
  name: 'trainings.create', method: 'POST', path: '/api/editions/:edition/units/:unitCode/trainings', summary: 'Drafts a training.', input: z.strictObject({ edition: editionCode, unitCode, content: trainingContent }), output: training, problems: ['refused_by_rule'],
});

export const saveTraining = endpoint({
  name: 'trainings.save', method: 'PUT', path: '/api/trainings/:id', summary: 'Changes what is announced.', input: z.strictObject({ ...one, version, content: trainingContent }), output: training, problems: ['stale_version', 'refused_by_rule'],
});

export const openTraining = endpoint({
  name: 'trainings.open', method: 'POST', path: '/api/trainings/:id/opening', summary: 'Announces a training on the site and opens its sign-up.', input: z.strictObject({ ...one, version }), output: training, problems: ['stale_version', 'refused_by_rule'], stepUp: true,
});

export const actOnTraining = endpoint({
  name: 'trainings.act', method: 'POST', path: '/api/trainings/:id/acts', summary: 'Ends, resumes, cancels or restores a training; the ledger follows at once.',
  input: z.strictObject({ ...one, version, act: trainingAct, reason: plainText(200, 0).default('') }), output: training, problems: ['stale_version', 'refused_by_rule'],
});

export const correctTraining = endpoint({
  name: 'trainings.correct', method: 'PUT', path: '/api/trainings/:id/correction', summary: 'Attendances counted by hand beside the check-ins, with the reason.',
  input: z.strictObject({ ...one, version, corrected: z.number().int().min(-100_000).max(1_000_000), reason: reasonText }), output: training, problems: ['stale_version', 'refused_by_rule'],
});

export const addPerson = endpoint({
  name: 'trainings.add_person', method: 'POST', path: '/api/trainings/:id/people', summary: 'Takes a place for somebody who asked by telephone or came by; `present`: and is there today.',
  input: z.strictObject({ ...one, ...person.shape, present: z.boolean().default(false) }), output: z.object({ code: z.string() }), problems: ['refused_by_rule', 'duplicate', 'wrong_state'], secret: true,
});

export const readPeople = endpoint({
  name: 'trainings.read_people', method: 'POST', path: '/api/trainings/:id/people/reading', summary: 'Who has a place and who was there, by name; recorded. For checking in and the printed list.', input: z.strictObject(one), output: z.object({ people: z.array(attendee) }),
});

export const checkIn = endpoint({
  name: 'trainings.check_in', method: 'POST', path: '/api/trainings/:id/check-ins', summary: 'Checks in at the door by the code of the ticket or from the list; once a day.',
  input: z.strictObject({ ...one, who: z.union([z.strictObject({ ticket: ticketCode }), z.strictObject({ place: recordIdentifier })]) }), output: checkedIn.extend({ name: z.string().nullable() }), problems: ['refused_by_rule', 'wrong_state'],
});

export const getVenueScreen = endpoint({
  name: 'trainings.get_venue_screen', method: 'GET', path: '/api/trainings/:id/venue-screen', summary: 'What the screen at the venue shows now, and for how many seconds.', input: z.strictObject({ ...one, origin }),
  output: z.object({ title: z.string(), address: z.string(), qr: z.object({ size: z.number().int(), path: z.string() }), secondsLeft: z.number().int(), checkIns: z.number().int(), day: calendarDate }), problems: ['wrong_state'],
});
