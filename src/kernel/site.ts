// How this installation is reached, and what beside it is trusted when somebody signs in. From the settings, once; nothing of a request counts.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { bareMachine, type Machine, machineOf } from './machine.ts';

/** A sign-in service by OpenID Connect. */
export interface SingleSignOn {
  readonly issuer: string;
  readonly clientId: string;
  /** Read when it is needed, so that a missing file stops nothing but this. */
  readonly secret: () => Promise<string | null>;
  /** What the office calls it; shown on the button. */
  readonly name: string | null;
  /** Values of `acr` or `amr` that stand for two factors; none: our own second factor is always asked for. */
  readonly twoFactors: readonly string[];
}

export interface Site {
  readonly publicUrl: string | null;
  readonly singleSignOn: SingleSignOn | null;
  /** Where the middleware of UKeys answers, on the machine of whoever signs in. */
  readonly ukeyService: string | null;
  /** Hexadecimal zeros a browser has to find before a public answer is taken (0036). */
  readonly answerWork: number;
  readonly machine: Machine;
}

/** Nothing set: development on localhost. */
export const bareSite: Site = { publicUrl: null, singleSignOn: null, ukeyService: null, answerWork: 4, machine: bareMachine };

export const clientSecretFile = 'oidc-client-secret';

export function siteOf(config: Pick<Config, 'publicUrl' | 'oidc' | 'ukeyService' | 'answerWork' | 'dataDirectory' | 'backup' | 'clamavAddress'>, secretsDirectory: string): Site {
  const { publicUrl, oidc, ukeyService, answerWork } = config;
  const secret = async (): Promise<string | null> => readFile(join(secretsDirectory, clientSecretFile), 'utf8').then((text) => text.trim(), () => null);
  return { publicUrl, ukeyService, answerWork, machine: machineOf(config), singleSignOn: oidc === null ? null : { ...oidc, secret } };
}
