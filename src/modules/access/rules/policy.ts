// Who may do what where: the whole policy as one table, a row a verb. What is not written here nobody may do. Upper units see what
// was submitted and counts, never drafts; a superior returns and never edits (security A6). `fuwuyue policy` prints it.
import { type Relation, type Role, role as roles, type Verb } from '../model.ts';

/** Classes of data (security A5.1): D0 public, D1 ledger, D2 table and reports, D3 answers, D4 contacts of people, D6 keys and grants, D7 the log. */
export type DataClass = 'D0' | 'D1' | 'D2' | 'D3' | 'D4' | 'D5' | 'D6' | 'D7';

/** Where a unit may stand to the caller's; `elsewhere` is never written, because nobody may do anything there. */
export type Near = Exclude<Relation, 'elsewhere'>;

/**
 * In which states it makes sense. The states themselves are the rules of returns (`returns/rules.ts`, `transitions`) and of the act's
 * module, and are not said twice: `act` an act on a return, from the states its transition names, until the edition is closed;
 * `edition_open` until the edition is closed; `always`.
 */
export type When = 'always' | 'edition_open' | 'act';

export interface PolicyRow {
  readonly of: DataClass;
  /** Letters of security A6.2: C create, R read, W change draft, S submit, V review or return, G seal, X take out, N counts only. */
  readonly letters: string;
  readonly who: { readonly [R in Role]?: readonly Near[] };
  readonly when: When;
  /** Whether a factor is asked for anew, for all of it or for what much hangs on. */
  readonly stepUp: boolean;
  /** Who else is needed: `not_preparer` whoever sent the table for review, or proposed, is another; `not_self` never for one's own account. */
  readonly twoPersons: 'not_preparer' | 'not_self' | null;
  /** By which verb a right of this row is given or taken from somebody. The table itself changes with a release only, reviewed and with a test. */
  readonly givenBy: Verb;
}

const own = ['own'] as const;
const child = ['child'] as const;
const lower = ['child', 'below'] as const;
const all = ['own', 'child', 'below'] as const;

/** Whoever records and fills in the table of the own unit. */
const fills = { clerk: own, coordinator: own, national_office: own } as const;
/** Whoever works at the own unit, whatever the post. */
const works = { ...fills, reviewer: own, head: own } as const;
/** Whoever looks down from a unit, at what the row lets be seen; a clerk sees the own unit only. */
const looks = { clerk: own, reviewer: all, head: all, coordinator: all, national_office: all } as const;
const receives = { coordinator: child, national_office: child } as const;

const usual = { stepUp: false, twoPersons: null, givenBy: 'approve_grants' } as const;

export const policy: { readonly [V in Verb]: PolicyRow } = {
  // The ledger. It is written in any state of the return: what was sent for review is frozen apart from it.
  read_ledger: { ...usual, of: 'D1', letters: 'R', who: works, when: 'always' },
  write_ledger: { ...usual, of: 'D1', letters: 'CW', who: fills, when: 'edition_open' },
  read_submitted_records: { ...usual, of: 'D1', letters: 'R', who: looks, when: 'always' },

  // Contacts of enterprises: the unit itself only, never upward; every reading leaves a record (security A6.2, D4).
  read_contacts: { ...usual, of: 'D4', letters: 'R', who: { clerk: own, reviewer: own, head: own }, when: 'always' },
  keep_contacts: { ...usual, of: 'D4', letters: 'CW', who: { clerk: own }, when: 'always' },

  // Service points: proposed and kept by the unit, named by its head or from above, never by whoever inspected. Named ones are public.
  read_service_points: { ...usual, of: 'D0', letters: 'R', who: { ...works, coordinator: ['own', 'child'], national_office: ['own', 'child'] }, when: 'always' },
  name_service_points: { ...usual, of: 'D0', letters: 'P', who: { head: own, coordinator: child, national_office: child }, when: 'always', stepUp: true, twoPersons: 'not_preparer' },

  // Local plans are written as reports are, and issued by the head; notices go down and are read by whoever works at a unit.
  issue_plan: { ...usual, of: 'D2', letters: 'G', who: { head: own }, when: 'edition_open' },
  send_notices: { ...usual, of: 'D2', letters: 'C', who: { head: own, coordinator: own, national_office: own }, when: 'edition_open' },
  read_notices: { ...usual, of: 'D2', letters: 'R', who: works, when: 'always' },

  // The table, its reports, and what is done with them.
  read_figures: { ...usual, of: 'D2', letters: 'N', who: looks, when: 'always' },
  read_return: { ...usual, of: 'D2', letters: 'R', who: looks, when: 'always' },
  adjust_figures: { ...usual, of: 'D2', letters: 'CW', who: fills, when: 'edition_open' },
  write_report: { ...usual, of: 'D2', letters: 'CW', who: fills, when: 'edition_open' },
  self_check: { ...usual, of: 'D2', letters: 'W', who: fills, when: 'act' },
  send_for_review: { ...usual, of: 'D2', letters: 'W', who: fills, when: 'act' },
  withdraw: { ...usual, of: 'D2', letters: 'W', who: fills, when: 'act' },
  return_for_correction: { ...usual, of: 'D2', letters: 'V', who: { reviewer: own, head: own }, when: 'act' },
  approve: { ...usual, of: 'D2', letters: 'V', who: { reviewer: own }, when: 'act', twoPersons: 'not_preparer' },
  sign: { ...usual, of: 'D2', letters: 'V', who: { head: own }, when: 'act', twoPersons: 'not_preparer' },
  seal: { ...usual, of: 'D2', letters: 'G', who: { head: own }, when: 'act', stepUp: true, twoPersons: 'not_preparer' },
  submit: { ...usual, of: 'D2', letters: 'S', who: { ...fills, head: own }, when: 'act', stepUp: true },
  request_correction: { ...usual, of: 'D2', letters: 'S', who: fills, when: 'act' },
  make_package: { ...usual, of: 'D2', letters: 'X', who: { ...fills, head: own }, when: 'always', stepUp: true },
  accept: { ...usual, of: 'D2', letters: 'V', who: receives, when: 'act' },
  return_by_upper: { ...usual, of: 'D2', letters: 'V', who: receives, when: 'act' },
  // Nobody stands above the nation: its own office opens its sealed table again.
  reopen: { ...usual, of: 'D2', letters: 'V', who: { coordinator: child, national_office: ['own', 'child'] }, when: 'act' },

  // What enterprises answer of themselves: only what they share, and only with the unit that keeps their account. From above, counts.
  read_assessments: { ...usual, of: 'D3', letters: 'R', who: works, when: 'always' },
  record_assessments: { ...usual, of: 'D3', letters: 'C', who: works, when: 'always' },

  // Questionnaires: what is being built is the unit's own; what is published everybody may answer.
  build_questionnaires: { ...usual, of: 'D1', letters: 'CW', who: fills, when: 'edition_open' },
  publish_questionnaires: { ...usual, of: 'D1', letters: 'S', who: { ...fills, head: own }, when: 'edition_open', stepUp: true },
  // Answers leave sheet by sheet only by hand of whoever works with them; a reviewer reads the sums (security A6.2, D3).
  export_answers: { ...usual, of: 'D3', letters: 'X', who: { ...fills, head: own }, when: 'always', stepUp: true },

  // Trainings: who comes is known to whoever runs it at the unit; an announcement is for everybody.
  run_trainings: { ...usual, of: 'D4', letters: 'CRW', who: fills, when: 'edition_open' },
  open_trainings: { ...usual, of: 'D0', letters: 'S', who: { ...fills, head: own }, when: 'edition_open', stepUp: true },

  // Around the table.
  remind: { ...usual, of: 'D2', letters: 'C', who: { coordinator: lower, national_office: lower }, when: 'edition_open' },
  set_deadline: { ...usual, of: 'D2', letters: 'W', who: { coordinator: own, national_office: own }, when: 'edition_open' },
  extend_table: { ...usual, of: 'D2', letters: 'W', who: { coordinator: own }, when: 'edition_open' },
  close_edition: { ...usual, of: 'D2', letters: 'W', who: { national_office: own }, when: 'always', stepUp: true },

  // The public column. Drafts are internal until a second person publishes them; figures go out frozen by one official and released by another.
  read_column: { ...usual, of: 'D1', letters: 'R', who: { column_editor: own, column_publisher: own, head: own, coordinator: own, national_office: own }, when: 'always' },
  write_column: { ...usual, of: 'D1', letters: 'CW', who: { column_editor: own }, when: 'always' },
  publish_column: { ...usual, of: 'D0', letters: 'V', who: { column_publisher: own }, when: 'always', stepUp: true, twoPersons: 'not_preparer' },
  freeze_column: { ...usual, of: 'D2', letters: 'C', who: { coordinator: own, national_office: own }, when: 'always' },

  // Units and people. Three administrators (三员): one keeps the accounts, another grants, the third reads the log; none sees D1 to D5.
  change_units: { ...usual, of: 'D0', letters: 'W', who: { coordinator: all, system_administrator: all }, when: 'always' },
  import_units: { ...usual, of: 'D0', letters: 'W', who: { system_administrator: own }, when: 'always' },
  read_accounts: { ...usual, of: 'D6', letters: 'R', who: { head: own, coordinator: all, national_office: all, system_administrator: all, security_administrator: all, auditor: all }, when: 'always' },
  // Creating and granting are two people (security A6.1): who proposed never approves, and only some may approve which role (people/rules.ts).
  manage_accounts: {
    ...usual, of: 'D6', letters: 'CW', who: { head: own, coordinator: ['own', 'child'], national_office: ['own', 'child'], system_administrator: all }, when: 'always', stepUp: true, twoPersons: 'not_self',
  },
  approve_grants: { ...usual, of: 'D6', letters: 'W', who: { head: own, coordinator: lower, national_office: lower, security_administrator: all }, when: 'always', stepUp: true, twoPersons: 'not_preparer' },
  recover_accounts: { ...usual, of: 'D6', letters: 'W', who: { head: own, coordinator: lower, national_office: all, security_administrator: all }, when: 'always', stepUp: true, twoPersons: 'not_preparer' },
  name_substitutes: { ...usual, of: 'D6', letters: 'W', who: { head: own, coordinator: child, national_office: ['own', 'child'] }, when: 'always', stepUp: true },
  // Accounts of enterprises the unit keeps. To open one anew takes two officials: whoever asks for it does not decide (enterprise-accounts/rules.ts).
  keep_enterprise_accounts: { ...usual, of: 'D6', letters: 'CW', who: works, when: 'always', stepUp: true, twoPersons: 'not_preparer' },
  // UKeys and identities of a sign-in service, bound to other people's accounts.
  keep_keys: { ...usual, of: 'D6', letters: 'CW', who: { security_administrator: all }, when: 'always', stepUp: true, twoPersons: 'not_self' },
  attest_accounts: { ...usual, of: 'D6', letters: 'V', who: { head: own }, when: 'always', stepUp: true },

  // The log.
  manage_witnesses: { ...usual, of: 'D6', letters: 'W', who: { security_administrator: own }, when: 'always', stepUp: true },
  // How the installation is doing: figures of the machine, nothing of what is recorded.
  read_health: { ...usual, of: 'D7', letters: 'R', who: { system_administrator: own, security_administrator: own, auditor: own }, when: 'always' },
  read_audit: { ...usual, of: 'D7', letters: 'R', who: { ...works, auditor: all }, when: 'always' },
  // Who watches the auditor: the security administrator, and of the trail only what auditors did (security A6.1).
  read_auditor_acts: { ...usual, of: 'D7', letters: 'R', who: { security_administrator: all }, when: 'always' },
};

export const verbs = Object.keys(policy) as readonly Verb[];

/** Whether a role gives a verb at units that stand so to the role's unit. A role nobody knows gives nothing. */
export function gives(role: string, verb: Verb, relation: Relation): boolean {
  const { who } = policy[verb];
  // Asked some hundred times by each request that looks up a session, so without lists made for the question.
  return isIn(who, role) && (who[role] ?? []).some((where) => where === relation);
}

function isIn(who: PolicyRow['who'], role: string): role is Role {
  return Object.hasOwn(who, role);
}

/** The roles that give a verb at units that stand so. */
export function rolesThatGive(verb: Verb, relation: Near): Role[] {
  return roles.options.filter((one) => gives(one, verb, relation));
}
