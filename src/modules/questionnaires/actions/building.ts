// What is done with questionnaires as they are built: drafted, saved, published by version, ended, taken away and brought back.
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Context, found, implement, type Implementation, raise } from '../../../kernel/context.ts';
import type { InputOf } from '../../../shared/endpoint.ts';
import { type Json, problem } from '../../../shared/problem.ts';
import { recordId } from '../../../shared/province.ts';
import { authorise } from '../../access/queries.ts';
import { may } from '../../access/rules.ts';
import type { Verb } from '../../access/model.ts';
import { getUnitEdition } from '../../editions/queries.ts';
import type { Placement } from '../../units/queries.ts';
import * as contract from '../contract/building.ts';
import { exampleQuestionnaire } from '../example.ts';
import type { QuestionnaireAct, QuestionnaireSummary } from '../model/building.ts';
import type { Definition } from '../model/definition.ts';
import {
  type Changes, findQuestionnaire, findUnitName, findVersion, insertQuestionnaire, insertVersion, listStoredQuestionnaires, listVersions, lockQuestionnaire, saveQuestionnaire, stateOf, type StoredQuestionnaire,
} from '../queries/building.ts';
import { findingsOf } from '../rules/building.ts';
import { actsIn, emptyQuestionnaire } from '../rules/drafting.ts';
import { questionsOf } from '../rules/definition.ts';

type Asking = Pick<Context, 'tx' | 'actor'>;

/** The unit whose questionnaires the caller may build, in an edition that is open. */
export async function openBuilding(context: Asking, verb: Verb, editionCode: string, unitCode: string): Promise<Placement> {
  const unit = await authorise(context, verb, editionCode, unitCode);
  if ((await getUnitEdition(context.tx, editionCode, unit.p1)).closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  return unit;
}

/** A questionnaire that the caller may read: the unit's own people. */
export async function getOwn(context: Asking, id: string): Promise<{ readonly questionnaire: StoredQuestionnaire; readonly unit: Placement }> {
  const questionnaire = found(await findQuestionnaire(context.tx, id), 'questionnaire', id);
  return { questionnaire, unit: await authorise(context, 'read_ledger', questionnaire.editionCode, questionnaire.unitCode) };
}

const byOf = ({ actor, now }: Context) => ({ accountId: actor.accountId, name: actor.name, now });

const list = implement(contract.listQuestionnaires, async (context, input) => {
  const unit = await authorise(context, 'read_ledger', input.edition, input.unitCode);
  const { closedAt } = await getUnitEdition(context.tx, input.edition, unit.p1);
  const all = await listStoredQuestionnaires(context.tx, input.edition, unit);
  return {
    questionnaires: all.filter(({ state }) => state !== 'binned'), binned: all.filter(({ state }) => state === 'binned'),
    mayBuild: closedAt === null && may(context.actor, 'build_questionnaires', unit),
  };
});

function summaryOf(questionnaire: StoredQuestionnaire): QuestionnaireSummary {
  const { id, version, definition, published, changed, savedAt, savedByName, demonstration } = questionnaire;
  return { id, title: definition.title['zh'] ?? '', state: stateOf(questionnaire), version, published, changed, questions: questionsOf(definition).length, languages: definition.languages, savedAt, savedByName, demonstration };
}

const get = implement(contract.getQuestionnaire, async (context, { id }) => {
  const { questionnaire, unit } = await getOwn(context, id);
  const { editionCode: edition, unitCode, definition } = questionnaire;
  const { closedAt } = await getUnitEdition(context.tx, edition, unit.p1);
  const acts = closedAt !== null ? [] : actsIn(stateOf(questionnaire), questionnaire.changed).filter((act) => may(context.actor, verbOf(act), unit));
  return { ...summaryOf(questionnaire), edition, unitCode, unitName: await findUnitName(context.tx, unitCode), definition, may: acts };
});

function verbOf(act: QuestionnaireAct): Verb {
  return act === 'publish' || act === 'close' || act === 'open_again' ? 'publish_questionnaires' : 'build_questionnaires';
}

/** Keeps a new draft with its audit record. */
export async function draftQuestionnaire(context: Context, editionCode: string, unit: Placement, definition: Definition, how: { readonly [name: string]: Json }): Promise<{ id: string; version: number; savedAt: string }> {
  const id = recordId(unit.provinceCode, randomUUID());
  await insertQuestionnaire(context.tx, { id, editionCode, unit, definition, demonstration: false }, byOf(context));
  context.record({ action: 'questionnaire_drafted', unitCode: unit.unitCode, subjectKind: 'questionnaire', subjectId: id, after: { title: definition.title['zh'] ?? '', ...how } });
  return { id, version: 1, savedAt: context.now };
}

const create = implement(contract.createQuestionnaire, async (context, { edition, unitCode, from }) => {
  const unit = await openBuilding(context, 'build_questionnaires', edition, unitCode);
  return draftQuestionnaire(context, edition, unit, await definitionFrom(context, unitCode, from), { from: 'id' in from ? from.id : from.is });
});

/** A copy is of the unit's own, of whatever year; another unit's is not found. */
async function definitionFrom(context: Context, unitCode: string, from: InputOf<typeof contract.createQuestionnaire>['from']): Promise<Definition> {
  if (!('id' in from)) return from.is === 'empty' ? emptyQuestionnaire : exampleQuestionnaire();
  const { questionnaire } = await getOwn(context, from.id);
  if (questionnaire.unitCode !== unitCode) raise(problem('not_found', { kind: 'questionnaire', id: from.id }));
  const { title } = questionnaire.definition;
  return { ...questionnaire.definition, title: { ...title, zh: `${(title['zh'] ?? '').slice(0, 112)}（副本）` } };
}

/** A questionnaire held for an act, as the caller has seen it. */
async function hold(context: Context, act: QuestionnaireAct, id: string, seen: number | null): Promise<StoredQuestionnaire> {
  const { editionCode, unitCode } = found(await findQuestionnaire(context.tx, id), 'questionnaire', id);
  await openBuilding(context, verbOf(act), editionCode, unitCode);
  const held = found(await lockQuestionnaire(context.tx, id), 'questionnaire', id);
  if (seen !== null && held.version !== seen) raise(problem('stale_version', { seen, version: held.version, by: held.savedByName, at: held.savedAt }));
  const state = stateOf(held);
  if (!actsIn(state, held.changed).includes(act)) raise(problem('wrong_state', { kind: 'questionnaire', act, state }));
  return held;
}

async function keep(context: Context, held: StoredQuestionnaire, action: string, changes: Changes, more: { readonly [name: string]: Json } = {}): Promise<{ version: number; savedAt: string }> {
  const version = await saveQuestionnaire(context.tx, held, changes, byOf(context));
  const title = (changes.definition ?? held.definition).title['zh'] ?? '';
  context.record({ action, unitCode: held.unitCode, subjectKind: 'questionnaire', subjectId: held.id, before: { version: held.version }, after: { version, title, ...more } });
  return { version, savedAt: context.now };
}

const save = implement(contract.saveQuestionnaire, async (context, { id, version, definition }) => {
  const held = await hold(context, 'save', id, version);
  const last = held.published === 0 ? undefined : await findVersion(context.tx, id, held.published);
  return keep(context, held, 'questionnaire_saved', { definition, changed: last === undefined || !isDeepStrictEqual(last.definition, definition) });
});

const publish = implement(contract.publishQuestionnaire, async (context, { id, version }) => {
  const held = await hold(context, 'publish', id, version);
  const hard = findingsOf(held.definition).filter(({ severity }) => severity === 'hard');
  if (hard.length > 0) raise(problem('refused_by_rule', { rule: 'questionnaire_findings', count: hard.length }));
  const number = held.published + 1;
  await insertVersion(context.tx, held, number, byOf(context));
  return { ...(await keep(context, held, 'questionnaire_published', { published: number, changed: false }, { number })), number };
});

const close = implement(contract.closeQuestionnaire, async (context, { id, version }) => keep(context, await hold(context, 'close', id, version), 'questionnaire_closed', { closedAt: context.now }));

const openAgain = implement(contract.openQuestionnaireAgain, async (context, { id, version }) => keep(context, await hold(context, 'open_again', id, version), 'questionnaire_opened_again', { closedAt: null }));

const remove = implement(contract.removeQuestionnaire, async (context, { id, version }) => {
  await keep(context, await hold(context, 'remove', id, version), 'questionnaire_removed', { removedAt: context.now });
  return { done: true as const };
});

const restore = implement(contract.restoreQuestionnaire, async (context, { id }) => keep(context, await hold(context, 'restore', id, null), 'questionnaire_restored', { removedAt: null }));

const versions = implement(contract.listQuestionnaireVersions, async (context, { id }) => {
  await getOwn(context, id);
  return { versions: await listVersions(context.tx, id) };
});

const version = implement(contract.getQuestionnaireVersion, async (context, { id, number }) => {
  await getOwn(context, id);
  const { definition, ...shown } = found(await findVersion(context.tx, id, number), 'questionnaire_version', String(number));
  return { version: shown, definition };
});

export const buildingActions: readonly Implementation[] = [list, create, get, save, publish, close, openAgain, remove, restore, versions, version];
