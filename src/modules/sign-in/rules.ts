// What may happen at the door: how many wrong tries, which password. Pure.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { epochOf, type Instant } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';

const minute = 60_000;

/** Five wrong passwords, or five wrong second factors, within 15 minutes close that step of a name for 15 minutes (等保 8.1.4.1 b). */
export const triesAllowed = 5;
const triesWindow = 15 * minute;

/** Seconds a name is still closed, or null when it is open. `latest`: its last tries, newest first. */
export function closedForSeconds(latest: readonly Instant[], now: Instant): number | null {
  const newest = latest[0];
  const fifth = latest[triesAllowed - 1];
  if (newest === undefined || fifth === undefined) return null;
  const from = epochOf(newest);
  if (from - epochOf(fifth) > triesWindow) return null;
  const left = from + triesWindow - epochOf(now);
  return left > 0 ? Math.ceil(left / 1000) : null;
}

/** Twenty wrong tries within an hour from one address; after them it must wait between tries, a little longer each time, a minute at most. */
export const addressTriesAllowed = 20;
export const addressWindow = 60 * minute;

/** Seconds until the next try from an address, or null. `tries`: how many within the hour; `newest`: the last of them. */
export function addressWaitSeconds(tries: number, newest: Instant | null, now: Instant): number | null {
  if (tries < addressTriesAllowed || newest === null) return null;
  const wait = Math.min(60, 2 ** Math.min(6, tries - addressTriesAllowed));
  const left = epochOf(newest) + wait * 1000 - epochOf(now);
  return left > 0 ? Math.ceil(left / 1000) : null;
}

/** Wrong tries of the whole installation within an hour that somebody should look at. */
export const alarmTries = 1_000;

// Words that begin most guessed passwords, here and abroad, in plain letters (ASVS V6.2.4, V6.2.11).
const guessedFirst = [
  'shangyemimi', 'fuwuyue', 'shichangjianguan', 'jianguan', 'scjg', 'samr', 'password', 'passwd', 'welcome', 'administrator', 'admin',
  'qwertyuiop', 'qwerty', 'asdfghjkl', 'asdfgh', 'zxcvbnm', 'zxcvbn', 'qazwsx', 'iloveyou', 'woaini', 'nihao', 'mima', 'letmein', 'abcdefgh', 'abcdef', 'abcd', 'abc', 'test',
];
const disguises: { readonly [sign: string]: string } = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', $: 's', '5': 's', '7': 't' };
const runs = '01234567890 09876543210 1qaz2wsx3edc 5201314 1314520 qwertyuiop asdfghjkl zxcvbnm';

/**
 * Whether a new password (12 to 200 characters by its schema) may be taken. Default profile 等保: three of four kinds of
 * characters; and nothing guessed first: words, years and keyboard runs do not count towards its strength.
 */
export function choosePassword(password: string, names: readonly string[]): Decision<true> {
  const rule = passwordFault(password, names);
  return rule === null ? allowed(true) : refused(problem('refused_by_rule', { rule }));
}

function passwordFault(password: string, names: readonly string[]): string | null {
  const plain = password.toLowerCase();
  if (names.some((name) => name.length >= 3 && plain.includes(name.toLowerCase()))) return 'password_contains_name';
  if (kindsOf(password) < 3) return 'password_too_simple';
  return new Set(unguessed(plain)).size < 4 ? 'password_common' : null;
}

function kindsOf(password: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
}

/** What is left of a password when words, years and runs are taken out. */
function unguessed(plain: string): string {
  const withoutRuns = plain.replaceAll(/(19|20)\d\d/g, '').replaceAll(/[a-z0-9]{3,}/g, (piece) => withoutRun(piece));
  const bare = withoutRuns.replaceAll(/[^a-z]/g, (sign) => disguises[sign] ?? sign);
  return guessedFirst.reduce((left, word) => left.replaceAll(word, ''), bare);
}

function withoutRun(piece: string): string {
  for (let length = piece.length; length >= 4; length -= 1) {
    for (let from = 0; from + length <= piece.length; from += 1) {
      if (runs.includes(piece.slice(from, from + length))) return withoutRun(piece.slice(0, from)) + withoutRun(piece.slice(from + length));
    }
  }
  return piece;
}
