// Words of accounts of enterprises, in English.
import type { enterpriseAccounts as chinese } from '../zh/enterprise-accounts.ts';

export const enterpriseAccounts: typeof chinese = {
  title: 'Accounts of enterprises',
  intro: 'One account for each enterprise, opened by the bureau of its city or county. With it the enterprise sees the services it received and assesses itself. What it does not share, this unit does not see.',
  none: 'No account yet. Invite an enterprise below, or let it ask on the public column.',
  states: { waiting: 'Not opened yet', in_use: 'In use', disabled: 'Disabled' },
  columns: { enterprise: 'Enterprise', uscc: 'Credit code', contact: 'Holder', state: 'State', opened: 'Opened', lastSignedIn: 'Last signed in', acts: 'Act' },
  never: 'Never',
  actsOf: (name) => `Acts on the account of ${name}`,
  requests: { title: 'Requests that wait', one: (name, uscc) => `${name} (${uscc})`, contact: (name, phone) => `${name}, telephone ${phone}`, registered: (name) => `Name in the register: ${name}`, asked: (at) => `Asked ${at}`, checked: 'What was checked', checkedHint: 'Such as: business licence, called the holder. Needed for both answers.', approve: 'Approve', refuse: 'Refuse', approved: (name) => `${name} is approved. Tell it to open the account with the code it was shown.`, refused: (name) => `${name} was refused` },
  invite: { title: 'Invite an enterprise', name: 'Name of the enterprise', contactName: 'Name of the holder', phone: 'Telephone of the holder', notice: 'Used to check and to tell, kept encrypted. Tell the person first.', send: 'Make an opening code' },
  code: { title: 'Opening code', once: 'Shown this once. Print it or write it down for the enterprise, or send the link to the holder.', code: 'Opening code', address: 'Address', expires: (at) => `Holds until ${at}`, copy: 'Copy the link', copied: 'Copied', byHand: 'Please select and copy it by hand', close: 'Handed over', print: 'Print' },
  acts: {
    code: 'New opening code', disable: 'Disable', enable: 'Enable', recover: 'Ask to open it anew', approveRecovery: 'Agree to open it anew', refuseRecovery: 'Refuse', reason: 'Reason', missing: 'A reason of at least 8 characters, please.',
    recoverHow: 'For a lost password or another holder; another colleague has to agree. Password and factors of before end then, and the enterprise is told both names.', recoverWaits: (by, reason) => `${by} asks to open it anew: ${reason}`, recoverTo: (name, phone) => `New holder ${name}, telephone ${phone}`, ownRecovery: 'You asked for it: another colleague has to decide.',
    done: { disable: 'Disabled', enable: 'Enabled', recover: 'Asked for; another colleague decides', refuse: 'Refused' },
  },
  missing: 'Please fill this in.',
};
