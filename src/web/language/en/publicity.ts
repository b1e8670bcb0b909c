// Words of publicity, in English.
import type { publicity as chinese } from '../zh/publicity.ts';

export const publicity: typeof chinese = {
  title: 'Publicity',
  media: {
    title: 'Media items', intro: 'Each text of ours or of a medium is written down once and becomes an entry of the ledger. Reposts hang on the original and count nothing.', add: 'Add an item', query: 'Find by title, outlet or link', originals: 'Originals only', bin: 'Show deleted', none: 'No media items yet. Add one when something was published.', noneFound: 'Nothing found. Try other conditions.', noneBinned: 'Nothing was deleted.',
    total: (count) => `${count} in all`, counted: 'Counts', repost: 'Repost, counts nothing', reposts: (count) => `${count} reposts`, entry: 'Ledger entry', edit: 'Change', remove: 'Delete', removed: 'Deleted', restore: 'Bring back', demonstration: 'Example', link: 'Open the link', materials: 'Materials',
  },
  form: {
    create: 'Add a media item', edit: 'Change a media item', name: 'Title', outlet: 'Outlet', level: 'Level', levelHint: 'Outlets on the list of central media are set to central; others cannot be', link: 'Link', linkHint: 'Begins with https://; leave empty for print and broadcasts', day: 'Published on', origin: 'Origin',
    origins: { original: 'Our own or the medium’s own', repost: 'Repost' }, original: 'Repost of which item of this unit', elsewhere: 'Somebody else’s text', windowReason: 'Why outside of the month', windowHint: 'Only if the date lies outside; at least 8 characters', doubles: 'The same link or title as', confirmed: 'It is another text, not the same one published elsewhere', save: 'Save', saved: 'Saved', cancel: 'Cancel',
    uploading: 'A file is still on its way. Please wait.',
    signs: { same_link: 'same link', same_title: 'same title' },
  },
  materials: {
    title: 'Publicity materials', intro: 'What came in and was handed out of each. The ledger counts the copies written at publicity events; this is shown beside it and does not change it.', back: 'Media items', add: 'Add a material', none: 'No materials yet. Add one when it is printed or arrives, then record what was received.', name: 'Name', form: 'Form', save: 'Save', saved: 'Saved', cancel: 'Cancel',
    received: 'Received', handedOut: 'Handed out', stock: 'In stock', reads: 'Reads, downloads', act: 'Record', demonstration: 'Example', remove: 'Delete', removed: 'Deleted',
    move: { title: (name) => `Record: ${name}`, kind: 'What', amount: 'Number', amountHint: 'Below zero takes back what was too much, with a reason; write-offs are received below zero', amountWrong: 'A whole number, please', day: 'Day', entry: 'Handed out at which publicity event', noEntry: 'Not in the ledger', occasion: 'Occasion or source', reason: 'Reason for the correction', save: 'Record', saved: 'Recorded' },
    moves: { title: 'In and out', none: 'Nothing recorded yet.', day: 'Day', material: 'Material', kind: 'What', amount: 'Number', occasion: 'Occasion', by: 'By' },
    compare: { title: 'Beside the ledger', same: (count) => `Publicity events of the ledger count ${count}, the same as was handed out.`, differs: (counted, handedOut) => `Publicity events of the ledger count ${counted}, here ${handedOut} were handed out. Check whether a hand-out is missing or the ledger is wrong.`, event: 'Publicity event', counted: 'Ledger', handedOut: 'Handed out here' },
  },
  forms: { leaflet: 'Leaflet', poster: 'Poster, board', booklet: 'Booklet', goods: 'Goods', video: 'Recording', online: 'Online' },
  moves: { received: 'Received', handed_out: 'Handed out', read: 'Read, downloaded' },
};
