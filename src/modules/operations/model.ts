// What is done to an installation as a whole, and how it is doing, in words a person without training can act on.
import { z } from 'zod';

export const runKind = z.enum(['backup', 'drill', 'restore', 'move', 'upgrade', 'undo', 'log_check']);
export type RunKind = z.output<typeof runKind>;

/** `good`: nothing to do. `watch`: soon. `act`: now. */
export const healthState = z.enum(['good', 'watch', 'act']);
export type HealthState = z.output<typeof healthState>;

export const healthSubject = z.enum(['database', 'disk', 'backup', 'drill', 'log', 'log_check', 'walls', 'virus_scan', 'clock', 'version', 'people', 'deadline']);
export type HealthSubject = z.output<typeof healthSubject>;

/** One line of the health page: what it is about, how it stands, and the code and figures its sentences are made of. */
export const healthLine = z.object({ subject: healthSubject, state: healthState, code: z.string(), details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])) });
export type HealthLine = z.output<typeof healthLine>;
