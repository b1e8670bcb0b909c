// Words of the staff's side of the public column, in English.
import type { column as chinese } from '../zh/column.ts';

export const column: typeof chinese = {
  title: 'Public column',
  see: 'Open the public page',
  kinds: { news: 'News', policy: 'Laws and policies', guide: 'Guides', typical_case: 'Typical cases' },
  states: { draft: 'Draft', offered: 'Waiting for publication', published: 'Published', taken_down: 'Taken down', removed: 'Removed' },
  acts: { offer: 'Offer for publication', withdraw: 'Take the offer back', remove: 'Remove', restore: 'Restore as a draft', send_back: 'Send back', publish: 'Publish', take_down: 'Take down' },
  changes: { drafted: 'drafted', saved: 'changed', offered: 'offered', withdrawn: 'took the offer back', sent_back: 'sent back', published: 'published', taken_down: 'took down', removed: 'removed', restored: 'restored' },
  releaseStates: { frozen: 'Waiting', released: 'Released', withdrawn: 'Withdrawn', refused: 'Refused' },
  bases: { ledger: 'Working ledgers (progress during the month)', returns: 'Tables that were submitted' },
  licences: { attribution: 'Free to use with the source named', cc_by_4: 'Creative Commons Attribution 4.0 (CC BY 4.0)', none: 'Not chosen yet' },
  articles: {
    title: 'Articles', none: 'There are no articles yet.', noneNext: 'Write the first one; a second person publishes it.', create: 'Write an article', state: 'State', all: 'All but removed', again: 'Changes not published', saved: (who, at) => `${who}, ${at}`,
  },
  article: {
    new: 'Write an article', kind: 'Section', heading: 'Title', summary: 'Summary', summaryHint: 'For lists and feeds, up to 200 characters.', origin: 'Source', text: 'Text',
    textHint: 'An empty line ends a paragraph. ## heading; - list; 1. numbers; > quote; **bold**; [words](https://address). Pictures by the button below.', notBefore: 'Not before', notBeforeHint: 'Left empty, it is public as soon as it is published.', save: 'Save', saved: 'Saved.', preview: 'Preview', versions: 'What was done',
    picture: 'Insert a picture', pictureHint: 'JPEG, PNG or WebP up to 15 MB. Where and how it was taken is removed.', alt: 'What the picture shows (for those who cannot see it)', altMissing: 'Please say first what it shows, in two characters or more.', inserted: 'The picture stands at the end of the text.', asked: (act) => `${act}: please say why`, reason: 'Reason', do: 'Confirm', cancel: 'Leave it', done: (act) => `Done: ${act}.`,
    publicNow: 'The public sees the published version; what is changed here has to be published anew.', notBeforeWrong: 'Please choose a day and a time.', unsaved: 'There are changes not saved: please save first.', back: 'Back to the column',
  },
  releases: {
    title: 'Released figures', intro: 'A coordinator freezes figures, a publisher of the column releases them: two people. Very small numbers, and those that would tell them, are not shown.', none: 'No figures have been frozen yet.', asOf: 'As of', basis: 'Basis', freeze: 'Freeze figures', frozen: 'Frozen; a second person releases them.', columns: { asOf: 'As of', basis: 'Basis', state: 'State', hidden: 'Cells not shown', by: 'By', acts: 'Acts' },
    acts: { release: 'Release', refuse: 'Refuse', withdraw: 'Withdraw' }, done: { release: 'Released.', refuse: 'Refused; nothing is public.', withdraw: 'Withdrawn from the public page.' }, hidden: (hidden, cells) => `${hidden} of ${cells}`, freezer: 'Whoever froze them cannot release them',
  },
  settings: {
    title: 'Contact and terms', office: 'Office', telephone: 'Telephone', address: 'Address', hours: 'Hours', help: 'How to get help', helpHint: 'A paragraph a line.', licence: 'Terms of use', propose: 'Propose', proposed: 'Proposed; a second person approves.', waiting: (who) => `Proposed by ${who}, waiting for approval:`, approve: 'Approve and show', approved: 'It is public now.', none: 'No contact is public yet.', shown: 'Public now',
  },
};
