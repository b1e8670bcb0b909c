// English: the same keys as Chinese, held by the type. Loaded only when chosen.
import { format } from './en/format.ts';
import { kit } from './en/kit.ts';
import { problems } from './en/problems.ts';
import { shell } from './en/shell.ts';
import type { Text } from './zh.ts';

export const en: Text = { code: 'en', format, kit, problems, shell };
