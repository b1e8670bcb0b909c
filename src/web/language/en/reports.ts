// Words of reports, in English.
import type { FigureForm, FigureScope, ReportKind, ReportVersion } from '../../../modules/reports/model.ts';
import type { reports as zhReports } from '../zh/reports.ts';

const kinds: Record<ReportKind, string> = { summary: 'Summary report', research: 'Research report', information: 'Brief' };
const kindHints: Record<ReportKind, string> = {
  summary: 'Drafted along the four areas of the notice, with the numbers of the table. One to a unit; travels with the return.',
  research: 'Drafted from visits, symposiums, questionnaires and suggestions in the ledger.',
  information: 'One page, one or two paragraphs, for the Party committee and the government.',
};
const forms: Record<FigureForm, string> = { exact: 'Exact', rounded: 'Rounded (余)', times: 'Times (家次)' };
const scopes: Record<FigureScope, string> = { jurisdiction: 'Jurisdiction total', own: 'Own level' };
const changes: Record<ReportVersion['change'], string> = { drafted: 'Drafted', saved: 'Saved', restored: 'Restored', removed: 'Removed' };

export const reports: typeof zhReports = {
  title: 'Reports',
  ofUnit: (name) => `Reports of ${name}`,
  kinds,
  kindHints,
  forms,
  scopes,
  untitled: '(no title)',
  none: 'There is no report yet.',
  noneFromAbove: 'This unit has not submitted a summary report with its return.',
  create: 'Draft',
  createLabel: (kind) => `Draft: ${kind}`,
  newOne: 'Draft one',
  open: 'Open',
  all: 'All reports',
  savedBy: (name, time) => `Saved by ${name}, ${time}`,
  blanksLeft: (count) => `${count} to fill in`,
  demonstration: 'Demonstration',
  basis: {
    live: 'The table is not sealed. The numbers come from the ledger and the accepted returns below as they are now and change with them; files are marked 草稿 (draft).',
    sealed: (version) => `The numbers come from the sealed version ${version} of the table.`,
    submitted: (version) => `This is the report as submitted with the return; the numbers come from the submitted version ${version}.`,
  },
  readOnly: 'You can read and export, not change.',
  fields: { title: 'Title', addressee: 'Addressed to', addresseeHint: 'Without the colon', signature: 'Signed by', date: 'Date', attachments: 'Attachments', attachmentsHint: 'One a line; they are numbered for you' },
  text: 'Text',
  editorHint: 'Edit as in Word. Shaded numbers come from the table: they cannot be typed over, but written in another form or removed. Headings are numbered for you.',
  toolbar: {
    label: 'Editing', style: 'Style', paragraph: 'Text', heading: (level) => ['Heading 1 一、', 'Heading 2 （一）', 'Heading 3 1.', 'Heading 4 （1）'][level - 1] ?? 'Heading', bold: 'Bold', undo: 'Undo', redo: 'Redo',
    figure: 'Insert a figure', annex: 'Insert the statistics table', units: 'Insert a table of units', table: 'Insert a table', picture: 'Insert a picture', more: 'Insert',
  },
  selected: { label: 'What is selected', figure: (name) => `Figure: ${name}`, form: 'Form', table: 'Table', picture: 'Picture', change: 'Change', remove: 'Remove' },
  figure: { title: 'Insert a figure', scope: 'Scope', search: 'Find an indicator', form: 'Form', insert: 'Insert', times: '家次', none: 'No such indicator.', unknown: 'not known', chip: (name, scope) => `${name}, ${scope}`, was: (before) => `was ${before}` },
  table: {
    annex: 'Statistics table', annexNote: 'All indicators, with the numbers of the table.', units: 'Table of units', own: 'Table', caption: 'Caption', captionHint: 'Without 表1: it is numbered for you. No caption, no number', chooseIndicators: 'Indicators (at most 6)', rows: 'Contents', head: 'The first row is the head',
    addRow: 'Add a row', addColumn: 'Add a column', dropRow: 'Drop a row', dropColumn: 'Drop a column', cell: (row, column) => `Row ${row}, column ${column}`, done: 'Done', ownLevel: 'Own level', total: 'Total', unit: 'Unit', noUnits: 'No returns from below are accepted.', tooMany: 'Choose 6 indicators at most.', chooseOne: 'Choose at least one indicator.',
  },
  picture: { title: 'Insert a picture', caption: 'Caption', captionHint: 'Without 图1: it is numbered for you', none: 'There are no pictures in the ledger. Upload some with an entry first.', of: (activity) => `From: ${activity}`, choose: 'Choose', chosen: 'Chosen', missing: 'The picture is no longer there', done: 'Done', chooseOne: 'Choose a picture first.' },
  saveNow: 'Save',
  saved: 'Saved',
  kept: 'What was not saved last time is back.',
  conflict: { title: 'Somebody else has just saved', text: 'Your changes are still on this page. Load theirs, or save yours as the newest; the other one stays in the history.', theirs: 'Load theirs', mine: 'Save mine' },
  changedNumbers: (count) => (count === 1 ? 'A number has changed' : `${count} numbers have changed`),
  changedNumber: (name, from, to) => `${name}: ${from} → ${to}`,
  noteChanges: 'Noted',
  fill: { title: (count) => `${count} left to fill in`, none: 'Nothing is left to fill in.', kinds: { title: 'Title', signature: 'Signature', date: 'Date', caption: 'Caption of a picture', number: 'A number that is not known' } },
  exportWord: 'Export Word',
  exportPdf: 'Export PDF',
  exportBlanks: (count) => `${count} left to fill in: the file is marked 草稿 (draft).`,
  more: 'More',
  redraft: 'Draft anew',
  redrafted: 'Drafted anew',
  remove: 'Remove the report',
  removed: 'Report removed',
  print: 'Print',
  history: { title: 'History', version: (version) => `Version ${version}`, changes, look: 'Look at', restore: 'Restore this one', restored: 'Restored', current: 'Current version', back: 'Back to the current version', looking: (version) => `This is version ${version}; the current report is unchanged.` },
  attachmentLead: '附件：',
};
