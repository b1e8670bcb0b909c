// The library is read by anybody; nothing is kept of it.
import { found, implement, type Implementation } from '../../kernel/context.ts';
import * as contract from './contract.ts';
import { templates, wordOf } from './library.ts';
import { templateSummary } from './model.ts';

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const find = async (code: string) => found((await templates()).find((one) => one.code === code), 'template', code);

const list = implement(contract.listTemplates, async () => ({ templates: (await templates()).map(({ code, kind, title, englishTitle, summary, englishSummary }) => templateSummary.parse({ code, kind, title, englishTitle, summary, englishSummary })) }));

const get = implement(contract.getTemplate, async (_context, { code }) => ({ template: await find(code) }));

const write = implement(contract.writeTemplate, async (_context, { code }) => {
  const one = await find(code);
  return { mediaType: wordType, fileName: `${one.title}（范本）.docx`, inline: false, bytes: await wordOf(one) };
});

export const templateActions: readonly Implementation[] = [list, get, write];
