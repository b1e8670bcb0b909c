// Words of the pages of enterprises, in English.
import type { firm as chinese } from '../zh/firm.ts';

export const firm: typeof chinese = {
  title: 'For enterprises',
  menu: 'Pages of the enterprise',
  parts: { home: 'Home', services: 'Services received', assessments: 'Self-assessment', views: 'Who looked', account: 'Account' },
  landing: {
    intro: 'With its account an enterprise sees the services it received, assesses how it protects its trade secrets, and sees which posts looked at what it keeps here.',
    signIn: 'Sign in',
    start: 'Open an account with a code',
    ask: 'Ask for an account',
    assess: 'Assess yourself without an account',
    assessHint: 'The result is shown at once; nothing is kept.',
  },
  home: { hello: (name) => name, unit: (name) => `The account is kept by ${name}`, latest: 'Latest services', all: 'See all' },
  uscc: 'Unified social credit code',
  usccHint: 'The 18 signs on the business licence',
  password: 'Password',
  newPassword: 'New password',
  passwordHint: 'At least 12 signs, three of: capital letters, small letters, digits, other signs',
  signIn: {
    title: 'Sign in as an enterprise', do: 'Sign in', code: 'Code', codeHint: 'Six digits of the authenticator app, or a recovery code', next: 'Continue', second: 'One more step', forgotten: 'For a lost password ask the bureau that opened the account.',
    wrong: 'Code or password is wrong.', wrongCode: 'The code is wrong.', closed: (seconds) => `Too many wrong tries. Try again in ${seconds} seconds.`, ended: 'That took too long; please sign in again.', official: 'Staff sign in at the working platform.',
  },
  start: {
    title: 'Open the account', intro: 'Type the code the bureau gave you, or the one shown when you asked.', code: 'Opening code', codeHint: 'Twenty letters and digits; hyphens may be left out', do: 'Open and sign in', demonstration: 'Demonstration: come in without a password',
    wrong: 'The credit code or the opening code is wrong, or the opening code was used or has run out.', waiting: 'An account you asked for opens once the bureau has approved it.',
  },
  ask: {
    title: 'Ask for an account', intro: 'The bureau of the enterprise\'s place checks and opens it. One account for each enterprise.', name: 'Name of the enterprise', contact: 'Your name', phone: 'Your telephone number', unit: 'Bureau', unitQuery: 'County, district or city of the enterprise',
    unitHint: 'Where the code finds none, type the name of the county, district or city', find: 'Next', do: 'Send', none: 'Nothing found; try another name.',
    notice: 'Name and number are used to check and to tell you, are kept encrypted, and are shown to that bureau only.',
    done: { title: 'Received', code: 'Your opening code is', keep: 'Write it down or print it: it opens the account once approved. Nobody else has it and it is not shown again.', next: 'The bureau will call you. After that, open the account with this code.' },
  },
  services: { title: 'Services received', intro: 'Activities in the ledgers of market regulators that name this enterprise. Nothing of other participants is shown.', date: 'Day', unit: 'Bureau', kind: 'Kind', name: 'Title', none: 'Nothing yet. If that is not so, tell the bureau that opened the account.' },
  views: {
    title: 'Who looked', intro: 'From the audit trail: posts, bureaus and numbers, no names.', date: 'Day', unit: 'Bureau', post: 'Post', what: 'What', times: 'Times', none: 'Nobody has looked.',
    whats: { assessment: 'Shared self-assessment', contacts: 'Contacts' },
    posts: { clerk: 'Clerk', reviewer: 'Reviewer', head: 'Head', coordinator: 'Coordinator', national_office: 'National office', '': 'No longer there' },
    otherPost: 'Another post', later: 'Looks at reports and cases follow with that part.',
  },
  account: {
    title: 'Account', contact: 'Holder of the account', name: 'Name', phone: 'Telephone', save: 'Save', saved: 'Saved.', changePassword: 'Change the password', current: 'Present password', change: 'Change', changed: 'Changed. Other devices are signed out.', signOut: 'Sign out',
    second: 'Second step (optional)', secondHint: 'With it, signing in takes six digits of an authenticator app beside the password.', add: 'Add an authenticator', remove: 'Remove', app: 'Authenticator app', added: 'Added.', removed: 'Removed.',
    scan: 'Scan this with the authenticator app, or type the secret; then type the six digits it shows.', secret: 'Secret', confirm: 'Confirm', wrongCurrent: 'The present password is wrong.', used: 'A password used lately cannot be taken.', again: 'For safety, please sign in again first.',
  },
  notDone: 'Not done; please try again later.',
  rules: {
    requests_waiting: 'A request is here and waits. In a hurry, please call.', unit_keeps_no_accounts: 'Accounts are opened by bureaus of cities and counties.', password_contains_name: 'The password must not hold the credit code.', password_too_simple: 'Too simple: three of capital letters, small letters, digits, other signs.',
    password_common: 'Too common; please take another.', password_used_before: 'A password used lately cannot be taken.', password_first: 'Please set a password.',
  },
  issues: { uscc_check: 'Compare the code with the business licence.', uscc_length: 'Compare the code with the business licence.', text_missing: 'Please fill in.', text_too_short: 'Too short.', phone: 'A mobile number, or one with its area code.', password_too_short: 'At least 12 signs.' },
  issue: 'Please check this one.',
};
