// Words of exporting, English.
import type { exports as zhExports } from '../zh/exports.ts';

export const exports: typeof zhExports = {
  export: 'Export',
  hint: 'Export as a file',
  subjects: {
    ledger: 'Ledger (as searched)', bin: 'Recycle bin', enterprises: 'Enterprises served', register: 'Enterprises (as searched)', coverage: 'Key enterprises served', contacts: 'Contacts of enterprises', matrix: 'Matrix', overview: 'Order and progress', cell: 'Records of the own level', units: 'The unit and those below',
    accounts: 'Accounts', audit: 'Audit trail',
  },
  formats: { xlsx: 'Excel', csv: 'CSV' },
  take: (subject, format) => `Export: ${subject}, ${format}`,
  recorded: 'Every export is recorded in the audit trail.',
  preparing: 'Preparing …',
  receiving: (rows, size) => `${rows} rows, ${size} received`,
  size: (bytes) => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`),
  stop: 'Stop',
  done: (name, rows) => `${rows} rows exported: ${name}`,
};
