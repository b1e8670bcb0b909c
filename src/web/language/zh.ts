// Chinese, the language of record: every sentence of the interface, by subject. English must have the same keys.
import { activities } from './zh/activities.ts';
import { format } from './zh/format.ts';
import { home } from './zh/home.ts';
import { kit } from './zh/kit.ts';
import { people } from './zh/people.ts';
import { problems } from './zh/problems.ts';
import { shell } from './zh/shell.ts';

export const zh = { code: 'zh' as 'zh' | 'en', format, kit, problems, shell, people, home, activities };

export type Text = typeof zh;
