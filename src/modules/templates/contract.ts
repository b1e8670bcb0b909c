// What may be asked about templates: by anybody.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { template, templateCode, templateSummary } from './model.ts';

const open = { method: 'GET', access: 'public', limit: 'visitor' } as const;

export const listTemplates = endpoint({
  ...open, name: 'templates.list', path: '/api/templates', summary: 'The library of templates for enterprises.', input: z.strictObject({}), output: z.object({ templates: z.array(templateSummary) }),
});

export const getTemplate = endpoint({
  ...open, name: 'templates.get', path: '/api/templates/:code', summary: 'A template with its text.', input: z.strictObject({ code: templateCode }), output: z.object({ template }),
});

export const writeTemplate = endpoint({
  ...open, name: 'templates.write', path: '/api/templates/:code/file', summary: 'A template as a Word file to be adapted.', input: z.strictObject({ code: templateCode }), output: z.unknown(), answer: 'bytes',
});
