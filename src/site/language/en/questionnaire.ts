// As zh/questionnaire.ts.
import type { questionnaire as zh } from '../zh/questionnaire.ts';

export const questionnaire: typeof zh = {
  by: (unit) => `A survey by ${unit}`,
  page: (number, all) => `Page ${number} of ${all}`,
  required: ' (required)',
  choose: 'Please choose',
  next: 'Next page',
  back: 'Previous page',
  send: 'Send',
  languages: 'Language',
  languageNames: { zh: '中文', en: 'English' },
  beside: 'Please write',
  other: (label) => `${label}: please write`,
  more: 'From what you answered there are more questions on this page. Please go on.',
  anonymous: {
    title: 'This survey is anonymous',
    short: 'It is not recorded who you are: with an answer there is no network address, no account and no device, and of the time only the day.',
    more: 'How this is done, and what it cannot do',
    points: [
      'With an answer there are the answers, the channel, the language, the day and a random number. If you are signed in here, that is not recorded either.',
      'A one-time link is only marked as used, without a time, and without which answer it was.',
      'Against machines that send many, the browser does a small calculation before sending; without script an answer is taken 20 seconds after opening, and only so many an hour.',
      'The log of operations says that an answer came in: for which survey and when, but neither which answer nor who sent it.',
      'What it cannot do: for about a minute, somebody who looks into the database itself may see from where an answer lies in which order answers came; then they are shuffled and written anew together. What backups and logs of the database hold of before goes when they expire. Network devices between you and this platform may keep records of their own.',
      'Please write nothing by which you or others can be recognised, and nothing of what a trade secret is about.',
    ],
  },
  named: { title: 'This survey is not anonymous', for: (name) => `It is answered for "${name}". Whoever sent it sees which enterprise answered.`, open: 'Please give the name and credit code of the enterprise. Whoever sent it sees which enterprise answered.', name: 'Name of the enterprise', uscc: 'Unified social credit code' },
  waiting: 'A calculation is done before sending, then it is sent by itself. Please wait.',
  slow: (seconds) => `Your browser runs no script: it can be sent ${seconds} seconds after opening.`,
  ends: {
    closed: { title: 'This survey has ended', what: 'It takes no more answers. Thank you for your interest.' },
    used: { title: 'This link was used', what: 'Each link is for one answer. Yours has been received.' },
    withdrawn: { title: 'This link was withdrawn', what: 'Please ask whoever sent you the link.' },
  },
  done: { title: 'Your answer has been received', thanks: 'Thank you for taking part.' },
  problems: {
    wait: (seconds) => `Please wait ${seconds} more seconds and send again. What you wrote is still here.`,
    full: (minutes) => `No more answers without script are taken this hour. Please switch on scripts, or try again in ${minutes} minutes. What you wrote is still here.`,
    ticket: 'The page was open for too long and has been renewed. Please send again. What you wrote is still here.',
    busy: 'Many are sending now. Please send again in some seconds. What you wrote is still here.',
    other: 'It was not sent. What you wrote is still here. Please try again.',
  },
  unfit: {
    required: 'Please answer this question.', wrong_type: 'Please write it in the form asked for.', unknown_question: 'The survey has changed. Please open it again.', unknown_option: 'Please choose one of those listed.', given_twice: 'One option was chosen twice.', unknown_row: 'The survey has changed. Please open it again.',
    too_few_chosen: (limit) => `Please choose at least ${limit}.`, too_many_chosen: (limit) => `Please choose at most ${limit}.`, exclusive_option: 'With this option no other can be chosen.', text_missing: 'Please write beside the option you chose.',
    row_missing: 'Please answer each row.', below_minimum: (limit) => `Not less than ${limit}.`, above_maximum: (limit) => `Not more than ${limit}.`, too_many_decimals: (limit) => `At most ${limit} decimals.`,
    too_short: (limit) => `At least ${limit} characters.`, too_long: (limit) => `At most ${limit} characters.`, too_early: (limit) => `Not before ${limit}.`, too_late: (limit) => `Not after ${limit}.`, demand: 'This does not agree with an earlier answer. Please check.',
    pattern: 'This is not in the right form. Please check.', text: 'There are characters or a classification mark that cannot be taken. Please change it.', uscc: 'The credit code is not right. Please check its 18 characters.', name: 'Please give the name of the enterprise.',
  },
};
