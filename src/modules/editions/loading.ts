// Brings edition files into the database: all sound or none. An edition that returns stand on is never changed.
import { randomUUID } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { saveAudit } from '../../kernel/audit.ts';
import { raise } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { type CalendarDate, dateOf, type Instant } from '../../shared/instant.ts';
import { type InputIssue, invalidInput, problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import { recountEdition } from '../figures/recount.ts';
import { layoutOf } from '../figures/rules.ts';
import { refreshPlacements } from '../units/queries.ts';
import type { EditionFile } from './files.ts';
import { editionDefinition, type EditionDefinition } from './model.ts';
import { getEditionByCode, type LoadedEdition, lockCountingRules, readEditionUse } from './queries.ts';
import { checkDefinition } from './rules/definition.ts';

export interface EditionsLoaded {
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
}

/** Adds new editions and changes those whose file has changed. Refuses with all issues of all files at once. */
export async function loadEditions(tx: Tx, files: readonly EditionFile[], now: Instant): Promise<EditionsLoaded> {
  const done = { added: [] as string[], updated: [] as string[], unchanged: [] as string[] };
  for (const definition of soundDefinitions(files)) {
    const digest = sha256Of(canonicalize(definition));
    const stored = await tx.selectFrom('edition').select('digest').where('code', '=', definition.code).forUpdate().executeTakeFirst();
    if (stored?.digest === digest) {
      done.unchanged.push(definition.code);
      continue;
    }
    if (stored === undefined) await addEdition(tx, definition, digest, now);
    else await changeEdition(tx, definition, digest, now);
    (stored === undefined ? done.added : done.updated).push(definition.code);
    const record = { action: 'editions.load', unitCode: nationUnit, subjectKind: 'edition', subjectId: definition.code, before: { digest: stored?.digest ?? null }, after: { digest } };
    await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, [record]);
  }
  return done;
}

function soundDefinitions(files: readonly EditionFile[]): EditionDefinition[] {
  const definitions: EditionDefinition[] = [];
  const issues: InputIssue[] = [];
  for (const { file, content } of files) {
    const parsed = editionDefinition.safeParse(content);
    if (!parsed.success) {
      issues.push(...parsed.error.issues.map((issue) => ({ path: `${file}:${issue.path.join('.')}`, rule: issue.code })));
      continue;
    }
    issues.push(...checkDefinition(parsed.data).map((issue) => ({ ...issue, path: `${file}:${issue.path}` })));
    if (definitions.some(({ code }) => code === parsed.data.code)) issues.push({ path: `${file}:code`, rule: 'code_twice', code: parsed.data.code });
    definitions.push(parsed.data);
  }
  if (issues.length > 0) raise(invalidInput(issues));
  return definitions;
}

/** Who reports is settled by the day of the deadline: a unit that begins after the month but before it still does. */
function treeDateOf({ deadline }: EditionDefinition): CalendarDate {
  return dateOf(deadline);
}

async function addEdition(tx: Tx, definition: EditionDefinition, digest: string, now: Instant): Promise<void> {
  const { code } = definition;
  await tx.insertInto('edition').values({ code, definition: JSON.stringify(definition), digest, treeDate: treeDateOf(definition), closedAt: null, loadedAt: now }).execute();
  await refreshPlacements(tx, code);
}

/** Entries recorded meanwhile are counted again by the new rules. */
async function changeEdition(tx: Tx, definition: EditionDefinition, digest: string, now: Instant): Promise<void> {
  const { code } = definition;
  await lockCountingRules(tx, code);
  const before = await getEditionByCode(tx, code);
  const refusal = changeRefusal(before, definition, await readEditionUse(tx, code));
  if (refusal !== null) raise(problem('refused_by_rule', { rule: refusal, edition: code }));
  await tx.updateTable('edition').set({ definition: JSON.stringify(definition), digest, treeDate: treeDateOf(definition), loadedAt: now }).where('code', '=', code).execute();
  await refreshPlacements(tx, code);
  await recountEdition(tx, code);
}

function changeRefusal(before: LoadedEdition, after: EditionDefinition, use: { readonly returns: boolean; readonly counters: boolean }): string | null {
  if (before.closedAt !== null) return 'edition_closed';
  if (use.returns) return 'edition_has_returns';
  // Adjustments and own rows of provinces know their counters by number.
  const places = (definition: EditionDefinition): string => JSON.stringify([...layoutOf(definition.indicators).places]);
  return use.counters && places(before.definition) !== places(after) ? 'edition_counters_in_use' : null;
}
