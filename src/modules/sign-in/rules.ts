// What may happen at the door: how long a session holds, how many wrong tries, which password. Pure.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { epochOf, type Instant, instantOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';

const minute = 60_000;

/** A session ends 8 hours after it began, whatever happens (security A7). */
export function sessionEnd(now: Instant): Instant {
  return instantOf(epochOf(now) + 8 * 60 * minute);
}

/** Five wrong passwords within 15 minutes close a name for 15 minutes (等保 8.1.4.1 b). */
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
