// What may be asked about how the installation is doing.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { unitCode } from '../../shared/wire.ts';
import { healthLine } from './model.ts';

export const getHealth = endpoint({
  name: 'operations.get_health',
  method: 'GET',
  path: '/api/units/:unitCode/health',
  summary: 'How the installation is doing, line by line; nothing of what is recorded in it.',
  input: z.strictObject({ unitCode }),
  output: z.object({ at: instant, lines: z.array(healthLine) }),
});
