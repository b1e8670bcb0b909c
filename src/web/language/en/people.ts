// Words of signing in, one-time links and passwords, in English.
import type { people as zhPeople } from '../zh/people.ts';

export const people: typeof zhPeople = {
  signIn: {
    title: 'Sign in',
    name: 'User name',
    password: 'Password',
    submit: 'Sign in',
    noPassword: 'No password yet, or forgotten: the head of your unit has a one-time link or a recovery for you.',
    demonstration: 'In the demonstration use the one-time links printed when it started.',
    nameMissing: 'Enter your user name.',
    verify: 'Verify the receipt code of a table',
    passwordMissing: 'Enter your password.',
  },
  link: {
    title: 'One-time sign-in',
    intro: 'This link works once. Press the button to sign in; then you can set a password for later.',
    use: 'Sign in',
    missing: 'The link is incomplete. Open the whole link again from the message.',
    toSignIn: 'Sign in with a password',
  },
  password: {
    title: 'Change password',
    first: 'You have no password yet. Once set, you can sign in with your user name and password.',
    current: 'Current password',
    next: 'New password',
    nextHint: 'At least 12 characters, three of: small letters, capitals, digits, signs; not your name. A sentence you remember does well.',
    again: 'New password again',
    different: 'The two differ. Enter it again.',
    show: 'Show password',
    save: 'Save',
    saved: 'Password changed; sign-ins on other devices have ended',
    currentMissing: 'Enter your current password.',
  },
};
