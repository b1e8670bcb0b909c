// The policy as a document: generated from the tables that decide, so that what is read is what holds (docs/policy.md).
import type { Json } from '../../../shared/problem.ts';
import { returnActName } from '../../returns/model.ts';
import { acceptableFrom, upperActs, verbOf } from '../../returns/rules.ts';
import { role as roles, type Verb } from '../model.ts';
import { endpointRows, gateOf } from './endpoints.ts';
import { type Near, policy, type PolicyRow, verbs } from './policy.ts';

export interface ListedEndpoint {
  readonly name: string;
  readonly writes: boolean;
}

const near: readonly Near[] = ['own', 'child', 'below'];
const whens = { always: 'always', edition_open: 'until the edition is closed' } as const;
const twos = { not_preparer: 'not whoever prepared or proposed it', not_self: 'not for one\'s own account' } as const;

function whoOf({ who }: PolicyRow): string {
  return roles.options.flatMap((one) => {
    const where = who[one];
    return where === undefined ? [] : [`${one} (${near.filter((relation) => where.some((at) => at === relation)).join(', ')})`];
  }).join('; ');
}

/** The states of the return, from its own rules. */
function whenOf(verb: Verb): string {
  const { when } = policy[verb];
  if (when !== 'act') return whens[when];
  const acts = returnActName.options.filter((act) => verbOf(act) === verb);
  return acts.map((act) => {
    const below = acceptableFrom(act, true);
    const nation = acceptableFrom(act, false);
    const differs = nation.join() !== below.join();
    return `${act} from ${below.join(', ')}${differs ? ` (nation: ${nation.length === 0 ? 'never' : nation.join(', ')})` : ''}${upperActs.has(act) ? ', by the unit above' : ''}`;
  }).join('; ');
}

function gateText(endpoint: string): string {
  const row = endpointRows[endpoint];
  if (typeof row !== 'function') return row ?? 'nobody';
  if (endpoint === 'returns.act') return 'the verb of the act';
  return `by the input; without one ${String(gateOf(endpoint, {}))}`;
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [line(heads), line(heads.map(() => '---')), ...rows.map(line)];

export function policyAsMarkdown(endpoints: readonly ListedEndpoint[]): string {
  const lines = [
    '# Who may do what',
    '',
    'Printed by `npx fuwuyue policy` from `src/modules/access/rules/policy.ts` and `endpoints.ts`, which decide; a test fails when this page says something else.',
    'A right is role × how the unit stands to one\'s own × class of data × verb × state. What is not written here nobody may do.',
    '',
    'own: the same unit. child: it reports directly to the unit. below: further down. Beside, above and elsewhere nothing is given.',
    'Classes: D0 public, D1 ledger, D2 table and reports, D3 answers, D4 contacts, D5 grievances (not there yet), D6 keys and grants, D7 the log.',
    'Letters: C create, R read, W change, S submit, V review or return, G seal, X take out, N counts only.',
    'Factor: proved anew within ten minutes, for all of it or for what much hangs on. Roles are given and taken by the verb in the last column;',
    'the table itself changes with a release only.',
    '',
    '## Verbs',
    '',
    ...table(
      ['Verb', 'Class', 'Letters', 'Who', 'When', 'Factor', 'Two people', 'Given by'],
      verbs.map((verb) => {
        const row = policy[verb];
        return [verb, row.of, row.letters, whoOf(row), whenOf(verb), row.stepUp ? 'yes' : '', row.twoPersons === null ? '' : twos[row.twoPersons], row.givenBy];
      }),
    ),
    '',
    '## Roles',
    '',
    ...table(
      ['Role', ...near],
      roles.options.map((one) => [one, ...near.map((relation) => verbs.filter((verb) => policy[verb].who[one]?.some((at) => at === relation) ?? false).join(', '))]),
    ),
    '',
    '## Endpoints',
    '',
    'public: nobody needs to be known. own_account: one\'s own account only. anybody: whoever is signed in, for what is public anyway. related: whoever may do',
    'anything at the unit. member: whoever holds a role at the unit itself. All others: the verb, at the unit of the input or of the record it names.',
    '',
    ...table(['Endpoint', 'Kind', 'Gate'], endpoints.toSorted((one, other) => (one.name < other.name ? -1 : 1)).map(({ name, writes }) => [name, writes ? 'write' : 'read', gateText(name)])),
  ];
  return `${lines.join('\n')}\n`;
}

export function policyAsJson(endpoints: readonly ListedEndpoint[]): Json {
  return {
    verbs: verbs.map((verb) => {
      const { who, ...row } = policy[verb];
      return { verb, ...row, who: Object.fromEntries(Object.entries(who).map(([one, where]) => [one, [...where]])), states: whenOf(verb) };
    }),
    endpoints: endpoints.map(({ name, writes }) => ({ name, writes, gate: gateText(name) })),
  };
}
