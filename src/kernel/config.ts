// Reads the settings of this process from the environment, once. Refuses what cannot be meant.
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type SealSuite, sealSuites } from '../shared/signature.ts';
import { rateKinds, type RatePoints } from './limits.ts';

const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/;
/** Over a network only with TLS; without it on this machine alone. */
const trustedUrl = z.url().refine((url) => url.startsWith('https://') || loopback.test(url));

const limitsPattern = new RegExp(`^((${rateKinds.join('|')})=[1-9][0-9]{0,6}( +|$))+$`);

function pointsOf(text: string): RatePoints {
  return Object.fromEntries(text.trim().split(/ +/).map((one) => one.split('=')).map(([kind, points]) => [kind, Number(points)]));
}

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//).optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(20),
  PUBLIC_URL: z.url().optional(),
  /** Sign-in service by OpenID Connect: both or neither; its secret is a file in the folder of secrets. */
  OIDC_ISSUER: trustedUrl.optional(),
  OIDC_CLIENT_ID: z.string().min(1).max(200).optional(),
  OIDC_NAME: z.string().min(1).max(40).optional(),
  /** `acr` or `amr` values, by commas, that stand for two factors there; empty: our own second factor is always asked for. */
  OIDC_TWO_FACTORS: z.string().default(''),
  /** Local address of the UKey middleware on the machines of those who sign in. */
  UKEY_SERVICE_URL: trustedUrl.optional(),
  /** Work a browser does before a public answer is taken: hexadecimal zeros to find; each more is sixteen times as much. */
  ANSWER_WORK: z.coerce.number().int().min(1).max(6).default(4),
  /** Private keys and what wraps them: a folder of this user alone, which no backup holds in clear. */
  SECRETS_DIR: z.string().min(1).optional(),
  /** What seals are signed with, and by which family of algorithms keys are kept at rest. */
  SUITE: z.enum(sealSuites).default(sealSuites[0]),
  /** Where an office puts the font files it has licensed. */
  FONTS_DIR: z.string().min(1).optional(),
  /** How many proxies of ours every request passes. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  /** Other numbers of requests than the plain ones: `anonymous=600 session=60` (kernel/limits.ts). */
  LIMITS: z.string().regex(limitsPattern).transform(pointsOf).optional(),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  /** clamd: `host:port`, or the path of its socket. */
  CLAMAV_ADDRESS: z.string().regex(/^(\/.+|\[?[\w.:-]+\]?:\d{1,5})$/).optional(),
  /** Where the server keeps its daily backups; without it there are none. */
  BACKUP_DIR: z.string().min(1).optional(),
  /** When, by Shanghai time; `off`: something else calls `fuwuyue backup --scheduled`. */
  BACKUP_AT: z.string().regex(/^(off|([01]\d|2[0-3]):[0-5]\d)$/).default('02:30'),
  /** age recipients, by blanks or commas, that backups are locked for. */
  BACKUP_RECIPIENT: z.string().min(1).optional(),
  /** The key of one of them, where drills are to open locked backups by themselves. */
  BACKUP_IDENTITY_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Only with demonstration data: the moment the clock starts at. */
  DEMONSTRATION_CLOCK: z.iso.datetime({ offset: true }).optional(),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  readonly fontsDirectory: string;
  readonly secretsDirectory: string;
  readonly suite: SealSuite;
  readonly databaseUrl: string | null;
  readonly databaseConnections: number;
  readonly publicUrl: string | null;
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly name: string | null; readonly twoFactors: readonly string[] } | null;
  readonly ukeyService: string | null;
  readonly answerWork: number;
  readonly trustedProxies: number;
  readonly limits: RatePoints;
  /** Null: no metrics are served. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  readonly clamavAddress: string | null;
  readonly backup: { readonly directory: string | null; readonly at: string | null; readonly recipient: string | null; readonly identityFile: string | null };
  readonly logLevel: string;
  readonly demonstrationClock: string | null;
}

export class ConfigRefused extends Error {
  readonly variables: readonly string[];
  constructor(variables: readonly string[]) {
    super(`not understood: ${variables.join(', ')}`);
    this.variables = variables;
  }
}

export function readConfig(from: NodeJS.ProcessEnv): Config {
  // An empty variable means the same as none.
  const given = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new ConfigRefused(parsed.error.issues.map((issue) => String(issue.path[0])));
  const values = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    dataDirectory: resolve(values.DATA_DIR),
    fontsDirectory: resolve(values.FONTS_DIR ?? join(values.DATA_DIR, 'fonts')),
    secretsDirectory: resolve(values.SECRETS_DIR ?? join(values.DATA_DIR, 'secrets')),
    suite: values.SUITE,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseConnections: values.DATABASE_CONNECTIONS,
    publicUrl: values.PUBLIC_URL ?? null,
    oidc: oidcOf(values),
    ukeyService: values.UKEY_SERVICE_URL ?? null,
    answerWork: values.ANSWER_WORK,
    trustedProxies: values.TRUSTED_PROXIES,
    limits: values.LIMITS ?? {},
    metrics: values.METRICS_PORT === undefined ? null : { host: values.METRICS_HOST, port: values.METRICS_PORT },
    clamavAddress: values.CLAMAV_ADDRESS ?? null,
    backup: {
      directory: values.BACKUP_DIR === undefined ? null : resolve(values.BACKUP_DIR), at: values.BACKUP_AT === 'off' ? null : values.BACKUP_AT,
      recipient: values.BACKUP_RECIPIENT ?? null, identityFile: values.BACKUP_IDENTITY_FILE ?? null,
    },
    logLevel: values.LOG_LEVEL,
    demonstrationClock: values.DEMONSTRATION_CLOCK ?? null,
  };
}

function oidcOf({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_NAME: name, OIDC_TWO_FACTORS: twoFactors }: z.output<typeof environment>): Config['oidc'] {
  if (issuer === undefined && clientId === undefined) return null;
  if (issuer === undefined || clientId === undefined) throw new ConfigRefused([issuer === undefined ? 'OIDC_ISSUER' : 'OIDC_CLIENT_ID']);
  return { issuer, clientId, name: name ?? null, twoFactors: twoFactors.split(',').map((value) => value.trim()).filter((value) => value !== '') };
}
