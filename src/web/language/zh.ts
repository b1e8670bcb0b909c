// Chinese, the language of record: the words every page needs. Subjects of their own have hooks (words.ts) beside this file.
import { format } from './zh/format.ts';
import { kit } from './zh/kit.ts';
import { problems } from './zh/problems.ts';
import { shell } from './zh/shell.ts';

export const zh = { code: 'zh' as 'zh' | 'en', format, kit, problems, shell };

export type Text = typeof zh;
