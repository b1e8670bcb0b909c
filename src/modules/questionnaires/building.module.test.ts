// Journeys of questionnaires being built, over a real database.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { edition } from '../../testing/steps.ts';
import {
  closeQuestionnaire, createQuestionnaire, exportXlsForm, getQuestionnaire, getQuestionnaireVersion, importXlsForm, listQuestionnaires, listQuestionnaireVersions, openQuestionnaireAgain, publishQuestionnaire, removeQuestionnaire, restoreQuestionnaire,
  saveQuestionnaire,
} from './contract/building.ts';
import { exampleQuestionnaire } from './example.ts';
import { findingsOf } from './rules/building.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

function rolledBack(run: Parameters<World['rolledBack']>[0]): () => Promise<void> {
  return () => world.rolledBack(run)();
}

const county = { edition, unitCode: '990101' };
const clerkOf = (country: Country) => country.as('clerk of 990101');

describe('a questionnaire', () => {
  it('is published by version; what was published stays as it was', rolledBack(async (country) => {
    const clerk = clerkOf(country);
    const { id } = await clerk.call(createQuestionnaire, { ...county, from: { is: 'example' } });
    const draft = await clerk.call(getQuestionnaire, { id });
    expect(draft).toMatchObject({ state: 'draft', published: 0, changed: true, questions: 15, languages: ['zh', 'en'], may: ['save', 'publish', 'remove'] });
    expect(await clerk.call(publishQuestionnaire, { id, version: 1 })).toMatchObject({ number: 1, version: 2 });
    expect((await clerk.call(getQuestionnaire, { id })).may).toEqual(['save', 'close']);

    const title = { ...draft.definition.title, zh: '另一个标题' };
    await clerk.call(saveQuestionnaire, { id, version: 2, definition: { ...draft.definition, title } });
    expect(await clerk.call(getQuestionnaire, { id })).toMatchObject({ state: 'open', changed: true, title: '另一个标题' });
    expect((await clerk.call(getQuestionnaireVersion, { id, number: 1 })).definition).toEqual(draft.definition);
    expect(await clerk.refusal(saveQuestionnaire, { id, version: 2, definition: draft.definition })).toMatchObject({ code: 'stale_version' });
    // Put back as it was, it says what is published.
    await clerk.call(saveQuestionnaire, { id, version: 3, definition: draft.definition });
    expect(await clerk.call(getQuestionnaire, { id })).toMatchObject({ changed: false });

    await clerk.call(saveQuestionnaire, { id, version: 4, definition: { ...draft.definition, title } });
    await clerk.call(publishQuestionnaire, { id, version: 5 });
    expect((await clerk.call(listQuestionnaireVersions, { id })).versions.map(({ number, title: name }) => [number, name])).toEqual([[2, '另一个标题'], [1, '企业商业秘密保护现状调查']]);
  }));

  it('is ended, opened again, binned and brought back; while it is answered it is not binned', rolledBack(async (country) => {
    const clerk = clerkOf(country);
    const { id } = await clerk.call(createQuestionnaire, { ...county, from: { is: 'example' } });
    await clerk.call(publishQuestionnaire, { id, version: 1 });
    expect(await clerk.refusal(removeQuestionnaire, { id, version: 2 })).toMatchObject({ code: 'wrong_state', details: { act: 'remove', state: 'open' } });
    await clerk.call(closeQuestionnaire, { id, version: 2 });
    await clerk.call(openQuestionnaireAgain, { id, version: 3 });
    await clerk.call(closeQuestionnaire, { id, version: 4 });
    await clerk.call(removeQuestionnaire, { id, version: 5 });
    expect(await clerk.call(listQuestionnaires, county)).toMatchObject({ questionnaires: [], binned: [{ id, state: 'binned' }], mayBuild: true });
    await clerk.call(restoreQuestionnaire, { id });
    expect((await clerk.call(getQuestionnaire, { id })).state).toBe('closed');
  }));

  it('is copied within the unit, and read, copied or changed by nobody else', rolledBack(async (country) => {
    const clerk = clerkOf(country);
    const { id } = await clerk.call(createQuestionnaire, { ...county, from: { is: 'example' } });
    const copy = await clerk.call(createQuestionnaire, { ...county, from: { is: 'copy', id } });
    expect((await clerk.call(getQuestionnaire, { id: copy.id })).title).toBe('企业商业秘密保护现状调查（副本）');
    const neighbour = country.as('clerk of 990102');
    for (const person of [neighbour, country.as('coordinator of 990100')]) expect(['not_found', 'not_permitted']).toContain((await person.refusal(getQuestionnaire, { id })).code);
    expect(['not_found', 'not_permitted']).toContain((await neighbour.refusal(createQuestionnaire, { edition, unitCode: '990102', from: { is: 'copy', id } })).code);
    expect(await country.as('reviewer of 990101').refusal(saveQuestionnaire, { id, version: 1, definition: await exampleQuestionnaire() })).toMatchObject({ code: 'not_permitted' });
  }));

  it('is not published while something hard is wrong with it', rolledBack(async (country) => {
    const clerk = clerkOf(country);
    const { id } = await clerk.call(createQuestionnaire, { ...county, from: { is: 'empty' } });
    expect(await clerk.refusal(publishQuestionnaire, { id, version: 1 })).toMatchObject({ code: 'refused_by_rule', details: { rule: 'questionnaire_findings', count: 3 } });
  }));
});

describe('a form of another tool', () => {
  it('is what a questionnaire is written as and read from', rolledBack(async (country) => {
    const clerk = clerkOf(country);
    const { id } = await clerk.call(createQuestionnaire, { ...county, from: { is: 'example' } });
    const file = (await clerk.call(exportXlsForm, { id })) as Uint8Array;
    const read = await clerk.call(importXlsForm, { ...county, name: '表单.xlsx' }, { bytes: file });
    expect(read.unsaid).toEqual([]);
    const { definition } = await clerk.call(getQuestionnaire, { id: read.id });
    expect(definition).toEqual((await clerk.call(getQuestionnaire, { id })).definition);
    expect(await clerk.refusal(importXlsForm, { ...county, name: '表单.xlsx' }, { bytes: new TextEncoder().encode('no workbook') })).toMatchObject({ code: 'file_refused' });
  }));
});

describe('the example', () => {
  it('has nothing hard or soft against it', async () => {
    expect(findingsOf(await exampleQuestionnaire())).toEqual([]);
  });
});
