// Problems, input issues and refused rules as sentences in English: what happened, what next.
import type { Details, FailureCode } from '../../app/failure.ts';
import type { TwinSign } from '../../../modules/activities/model.ts';
import type { FileRefusal } from '../../../modules/evidence/model.ts';
import type { Sentence, problems as zhProblems } from '../zh/problems.ts';

const word = (details: Details, key: string): string => {
  const value = details[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const codes: Record<FailureCode, (details: Details) => Sentence> = {
  invalid_input: () => ({ what: 'Something entered needs a change.', next: 'Follow the notes and try again.' }),
  not_signed_in: () => ({ what: 'Your session has ended.', next: 'Sign in again and go on.' }),
  sign_in_refused: () => ({ what: 'Not signed in: the name or password is wrong, or the link has been used.', next: 'Check and try again, or ask your account administrator for a new link.' }),
  cross_site_refused: () => ({ what: 'This request did not come from a page of this platform.', next: 'Start from the home page and try again.' }),
  not_permitted: () => ({ what: 'Your role may not do this.', next: 'Ask your account administrator if you need it.' }),
  separation_of_duties: () => ({ what: 'One person may not fill in, review and sign.', next: 'A colleague of your unit has to do this.' }),
  not_found: () => ({ what: 'This was not found.', next: 'It may have been moved. Look in the list.' }),
  wrong_state: () => ({ what: 'The state of the return has just changed.', next: 'The page has been updated. See how it stands now.' }),
  stale_version: () => ({ what: 'Somebody has just changed this entry.', next: 'What you entered is still here. Look at the new content and decide which to keep.' }),
  duplicate: () => ({ what: 'The same exists already.', next: 'See the existing one, or choose another name.' }),
  request_in_progress: () => ({ what: 'The same request is being worked on.', next: 'Try again in a few seconds.' }),
  already_sealed: () => ({ what: 'The return is sealed and cannot be changed.', next: 'Ask the upper unit for a correction.' }),
  hard_findings: () => ({ what: 'The table still breaks mandatory checks.', next: 'Correct them first.' }),
  notes_missing: () => ({ what: 'Some findings have no note yet.', next: 'Write a note of 8 to 200 characters, or correct the number.' }),
  request_key_reused: () => ({ what: 'This was sent before with other content.', next: 'Reload the page and try again.' }),
  refused_by_rule: () => ({ what: 'The rules do not allow this.', next: 'Check what you entered.' }),
  too_large: (details) => ({ what: 'The file is too large.', next: `Keep it within ${Math.floor(Number(details['maximumBytes'] ?? 0) / 1_048_576)} MB.` }),
  file_refused: (details) => ({ what: refusals[word(details, 'reason') as FileRefusal] ?? 'The file was not accepted.', next: 'Choose another file.' }),
  rate_limited: (details) => ({ what: 'Too many requests.', next: `Try again in ${Math.max(1, Math.ceil(Number(details['retryAfterSeconds'] ?? 60) / 60))} minutes.` }),
  internal_error: () => ({ what: 'The server did not finish this.', next: 'Try again. If it stays, give the request number to the administrator.' }),
  database_unavailable: () => ({ what: 'The server is busy.', next: 'Try again in a few seconds. Nothing is sent twice.' }),
  storage_full: () => ({ what: 'The server has no room left.', next: 'Please tell the administrator.' }),
  no_connection: () => ({ what: 'The server could not be reached.', next: 'Check the network and try again. Nothing is sent twice.' }),
  unreadable_answer: () => ({ what: 'The answer of the server could not be read.', next: 'Reload the page and try again.' }),
};

const refusals: Record<FileRefusal, string> = {
  type_not_allowed: 'Files of this type are not accepted.',
  type_and_name_differ: 'The content of the file does not fit its name.',
  picture_unreadable: 'The picture cannot be opened.',
  too_many_pixels: 'The picture has too many pixels.',
  empty: 'The file is empty.',
  trailing_data: 'The file has something after its end.',
  macros: 'The file contains macros.',
  encrypted: 'The file has a password.',
  file_unreadable: 'The file cannot be opened.',
};

const rules: { readonly [rule: string]: (details: Details) => Sentence } = {
  account_disabled: () => ({ what: 'This account is disabled.', next: 'Ask your account administrator.' }),
  administrator_exclusive: () => ({ what: 'An account administrator holds no other role.', next: 'Create another account for the other role.' }),
  role_not_at_unit: () => ({ what: 'This unit has no such role.', next: 'Choose another role.' }),
  own_account: () => ({ what: 'You cannot disable your own account.', next: 'Another administrator has to do it.' }),
  own_unit: () => ({ what: 'This cannot be done to your own unit.', next: 'Choose a unit below.' }),
  edition_closed: () => ({ what: 'This edition is closed and cannot be changed.', next: 'You can read and export.' }),
  unit_not_in_edition: () => ({ what: 'This unit does not report in this edition.', next: 'Check the unit and the edition.' }),
  ledger_frozen: () => ({ what: 'The return is under review, so the ledger stands still.', next: 'Withdraw it first, or wait for its return.' }),
  figure_below_zero: () => ({ what: 'The figure would fall below zero.', next: 'Adjust by less.' }),
  attached_elsewhere: () => ({ what: 'This file belongs to another entry.', next: 'Upload it again.' }),
  password_contains_name: () => ({ what: 'Do not use your name in the password.', next: 'Choose another.' }),
  password_too_simple: () => ({ what: 'The password is too simple.', next: 'Use three of: small letters, capitals, digits, signs.' }),
  password_common: () => ({ what: 'This password is too common.', next: 'Choose one that is hard to guess.' }),
  hard_findings: () => ({ what: 'Mandatory checks are broken.', next: 'Correct them first.' }),
  notes_missing: () => ({ what: 'Findings without a note remain.', next: 'Write notes or correct.' }),
  not_permitted: () => ({ what: 'Your role may not do this.', next: 'The right role has to do it.' }),
  twenty_evidence: () => ({ what: 'One entry holds at most 20 files.', next: 'Remove some first.' }),
};

const issues: { readonly [rule: string]: (details: Details) => string } = {
  text_missing: () => 'Please fill this in.',
  text_too_short: (details) => `Write at least ${word(details, 'minimum')} characters.`,
  text_too_long: (details) => `Keep to ${word(details, 'maximum')} characters.`,
  unprintable_characters: () => 'It holds invisible control characters. Type it again.',
  calendar_date: () => 'Enter a date, such as 2023-06-15.',
  instant: () => 'Enter date and time.',
  whole_number: () => 'Enter a whole number.',
  not_negative: () => 'Must not be below 0.',
  not_zero: () => 'Must not be 0.',
  too_many: (details) => (details['maximum'] === undefined ? 'Too many.' : `At most ${word(details, 'maximum')}.`),
  too_few: (details) => `At least ${word(details, 'minimum')}.`,
  below_minimum: (details) => `At least ${word(details, 'minimum')}.`,
  above_maximum: (details) => `At most ${word(details, 'maximum')}.`,
  too_small: (details) => `At least ${word(details, 'minimum')}.`,
  too_big: (details) => `At most ${word(details, 'maximum')}.`,
  field_missing: () => 'Please fill this in.',
  required: () => 'Please fill this in.',
  value_missing: () => 'Please fill this in.',
  place_missing: () => 'Please give the place.',
  place_not_for_kind: () => 'This kind has no place.',
  enterprise_missing: () => 'List at least one enterprise.',
  enterprises_missing: () => 'List at least one enterprise.',
  one_enterprise: () => 'List exactly one enterprise.',
  enterprises_not_for_kind: () => 'This kind lists no enterprises.',
  no_enterprises: () => 'This kind lists no enterprises.',
  unknown_option: () => 'Choose one of the options.',
  unknown_kind: () => 'Choose a kind.',
  unknown_field: () => 'There is no such field.',
  unknown_unit: () => 'There is no such unit.',
  unknown_evidence: () => 'The file was not found. Upload it again.',
  link: () => 'Enter an address that starts with http.',
  outside_grace: () => 'The date lies outside the time this edition takes entries for.',
  before_grace: () => 'The date is too early for this edition.',
  after_grace: () => 'The date is too late for this edition.',
  in_the_future: () => 'The date has not come yet.',
  window_reason_missing: () => 'The date lies outside the month: give a reason (8 to 200 characters).',
  given_twice: () => 'Given twice.',
  listed_twice: () => 'The same enterprise is listed twice.',
  own_unit: () => 'Your own unit need not be listed.',
  uscc_check: () => 'The check digit is wrong. Compare it with the business licence.',
  uscc_length: () => 'A unified social credit code has 18 characters.',
  unit_code: () => 'Choose a unit.',
  password_too_short: () => 'At least 12 characters.',
  sign_in_name: () => 'Letters, digits and . _ @ - only.',
  sign_in_link: () => 'The link is incomplete. Open it again from the message.',
  role_missing: () => 'Choose at least one role.',
  reason_missing: () => 'Give a reason.',
};

const twinSigns: Record<TwinSign, string> = {
  same_date_and_title: 'same day, same title',
  same_date_and_place: 'same day, same place',
  same_picture: 'same picture',
  similar_picture: 'similar picture',
};

export const problems: typeof zhProblems = {
  sentence: (code, details) => (code === 'refused_by_rule' ? (rules[word(details, 'rule')] ?? codes.refused_by_rule)(details) : codes[code](details)),
  rule: (rule, details) => (rules[rule] ?? codes.refused_by_rule)(details),
  issue: (rule, details) => (issues[rule] ?? (() => 'Please check this.'))(details),
  twinSign: (sign) => twinSigns[sign],
  notSaved: 'Not saved. What you entered is still here.',
  notDone: 'This was not done; nothing has changed.',
  notRead: 'Nothing could be read.',
};
