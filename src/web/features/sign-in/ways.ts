// How each kind of factor is asked for on screen, where a field is not enough.
import type { WayComponents } from './proof-form.tsx';

export const wayComponents: WayComponents = {};
