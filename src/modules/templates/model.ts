// Templates of documents for enterprises (范本), in our own words: samples to be adapted, no legal advice. Data under data/templates.
import { z } from 'zod';

export const templateCode = z.string().regex(/^[a-z][a-z_]{2,40}$/, { error: 'template_code' });

/** 制度、协议、清单、预案. */
export const templateKind = z.enum(['rules', 'agreement', 'list', 'plan']);
export type TemplateKind = z.output<typeof templateKind>;

export const templateBlock = z.union([
  z.strictObject({ heading: z.string().min(1).max(60) }),
  z.strictObject({ text: z.string().min(1).max(1_000) }),
  z.strictObject({ table: z.strictObject({ head: z.array(z.string().min(1).max(30)).min(2).max(7), rows: z.array(z.array(z.string().max(60))).max(30) }) }),
]);
export type TemplateBlock = z.output<typeof templateBlock>;

export const template = z.strictObject({
  code: templateCode,
  /** Order in the library. */
  order: z.number().int(),
  kind: templateKind,
  title: z.string().min(2).max(60),
  englishTitle: z.string().min(2).max(100),
  summary: z.string().min(4).max(200),
  englishSummary: z.string().min(4).max(300),
  blocks: z.array(templateBlock).min(3),
});
export type Template = z.output<typeof template>;
export const templateSummary = template.pick({ code: true, kind: true, title: true, englishTitle: true, summary: true, englishSummary: true });
