// Words around every page of the site, in English.
import type { frame as chinese } from '../zh/frame.ts';

export const frame: typeof chinese = {
  lang: 'en',
  siteName: 'Enterprise Trade Secret Protection Service Month',
  skip: 'Skip to content',
  largeText: 'Large text',
  plainText: 'Standard text',
  otherLanguage: '中文',
  demonstration: 'Demonstration data: enterprises, people and figures on this page are made up.',
  navigation: 'Sections',
  errors: 'Error: ',
  errorSummary: 'Some answers need a change; what you typed is still here:',
  notFound: { title: 'There is no such page', what: 'It may have been taken down, or the address is not complete.', next: 'Start from the home page of the column, or check the address.' },
  notSignedIn: { title: 'Please sign in first', what: 'This page is for the enterprise itself.', next: 'Sign in and open it again.' },
  notPermitted: { title: 'Not for this account', what: 'Your account may not see this page.', next: 'Sign in with the account of the enterprise, or ask the local market regulator.' },
  busy: { title: 'Too many people at the moment', what: 'Nothing was done; please keep what you typed.', next: (seconds) => `Try again in ${seconds} seconds.` },
  unavailable: { title: 'Not available at the moment', what: 'The system is recovering; what you have just sent did not arrive.', next: 'Try again in a few minutes.' },
  refused: { title: 'Not done', what: 'What you sent was not saved.', next: 'Go back, change it and send it again.' },
  quote: (id) => `Please quote this number when you contact us: ${id}`,
  home: 'To the home page of the column',
};
