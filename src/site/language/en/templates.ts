// Words of the library of templates.
import type { templates as zhTemplates } from '../zh/templates.ts';

export const templates: typeof zhTemplates = {
  title: 'Templates for enterprises',
  intro: 'Samples for enterprises that set up the protection of their trade secrets, to be downloaded and adapted. They are our own, not official texts, and no legal advice.',
  kinds: { rules: 'Rules', agreement: 'Agreement', list: 'List', plan: 'Plan' },
  download: 'Download as a Word file',
  note: 'This is a sample and no legal advice. Adapt it to your enterprise, and ask a lawyer about agreements that matter. What stands in brackets is to be filled in.',
  only: 'The templates are in Chinese.',
};
