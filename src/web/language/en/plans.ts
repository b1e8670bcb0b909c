// Words of local plans, notices and the calendar.
import type { notices as zhNotices, plans as zhPlans } from '../zh/plans.ts';

export const plans: typeof zhPlans = {
  title: 'Local plan',
  states: { to_do: 'Not begun', under_way: 'Under way', done: 'Done' },
  intro: 'Who does what by when. Once issued, the unit above and units right below see it.',
  begin: { none: 'The unit has no plan yet.', noneAbove: 'The unit has not issued a plan yet.', upper: 'Begin from the plan of the unit above', outline: 'Begin from an outline', hint: 'The unit above has not issued its plan; you can begin from an outline.', notYours: 'A clerk or coordinator begins it.', done: 'Begun; change it, then the head issues it' },
  head: { issue: 'Issue', issued: 'Issued', issuedBy: (name, when) => `Issued by ${name}, ${when}`, notIssued: 'Not issued yet', changedSince: 'Changed since it was issued; the changes are not issued', word: 'Download as Word', changed: (name, when) => `${name}, ${when}`, demonstration: 'Demonstration', calendar: 'Calendar' },
  behind: { title: 'Behind', none: 'Nothing is behind.', task: 'Task', activity: 'Planned activity' },
  form: {
    name: 'Title', goals: 'Goals', tasks: 'Who does what', task: 'Task', body: 'Department or body', person: 'Person', dueOn: 'Due', state: 'State', addTask: 'Add a task', remove: 'Remove this line', noTasks: 'No tasks yet.', number: (index) => `Line ${index}`,
    activities: 'Planned activities', kind: 'Kind', day: 'Day', activity: 'Activity', place: 'Place', addActivity: 'Add a planned activity', noActivities: 'No activities planned yet.', save: 'Save', saved: 'Saved', from: 'From the plan above',
  },
  entry: { record: 'Record it', link: 'Link to a ledger entry', which: 'Which ledger entry it became', choose: 'Choose', none: 'The ledger has no entry of this kind; record it first.', save: 'Link', done: 'Held', open: 'See the entry', undo: 'Undo the link', saved: 'Linked', undone: 'Link undone', saveFirst: 'Save the plan first, then record it' },
  upper: { title: 'Plan of the unit above' },
  calendar: { title: 'Calendar', intro: 'Planned activities of the unit and of issued plans below, days to report, days of notices.', month: 'Month', before: 'Month before', after: 'Next month', none: 'Nothing this month yet. Add activities to the plan.', days: { activity: 'Planned activity', deadline: 'Day to report', notice: 'Notice', training: 'Training' }, done: 'Held', plan: 'Local plan' },
};

export const notices: typeof zhNotices = {
  title: 'Notices',
  received: 'Received', noneReceived: 'No notices received.', from: (unit, name, when) => `${unit}, ${name}, ${when}`, onDay: (day) => `Day: ${day}`, unread: 'Unread', read: 'I have read it', readBy: (name, when) => `Read by ${name}, ${when}`, reminded: 'The unit above reminds you to read it', demonstration: 'Demonstration',
  sent: 'Sent', noneSent: 'Nothing sent yet.', write: 'Write a notice',
  form: { title: 'Title', text: 'Text', onDay: 'Day it speaks of', onDayHint: 'Of a meeting or a report: it is shown in the calendar', to: 'To', all: (count) => `All units right below (${count})`, some: 'Chosen units', send: 'Send', sent: (count) => `Sent to ${count} units`, cancel: 'Do not send', none: 'Choose at least one unit.' },
  receipts: (read, all) => `Read by ${read} of ${all}`, unreadUnits: 'Not read by', readers: 'Who read it', remind: 'Remind those that have not', remindedCount: (count) => `Reminded ${count} units`, tooSoon: 'Reminded within the last hour; not again',
  home: (count) => `${count} notices from above not read`, toNotices: 'Read them',
};
