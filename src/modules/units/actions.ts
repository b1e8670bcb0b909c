// Actions of this module.
import type { Implementation } from '../../kernel/context.ts';

export const unitActions: readonly Implementation[] = [];
