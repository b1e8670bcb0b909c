// Questionnaires of the demonstration: the example, published by the county people look around in and by its city.
import type { Tx } from '../kernel/database.ts';
import { exampleQuestionnaire } from '../modules/questionnaires/example.ts';
import { insertQuestionnaire, insertVersion, saveQuestionnaire } from '../modules/questionnaires/queries/building.ts';
import type { Instant } from '../shared/instant.ts';
import { recordId } from '../shared/province.ts';
import { seedAnswers } from './answers.ts';
import { identifierOf } from './dice.ts';
import { fillerOf } from './people.ts';
import type { Scene } from './scenes.ts';
import type { Trail } from './trail.ts';

const draftedAt: Instant = '2023-06-02T10:12:00.000+08:00';
const publishedAt: Instant = '2023-06-05T09:30:00.000+08:00';

export function demonstrationQuestionnaire(scene: Pick<Scene, 'provinceCode' | 'unitCode'>): string {
  return recordId(scene.provinceCode, identifierOf(`questionnaire ${scene.unitCode}`));
}

export async function seedQuestionnaires(tx: Tx, scenes: readonly Scene[], editionCode: string, trail: Trail): Promise<void> {
  const example = await exampleQuestionnaire();
  const definition = { ...example, title: { ...example.title, zh: `${example.title['zh'] ?? ''}（示例）` } };
  for (const scene of scenes) {
    const by = fillerOf(scene);
    const id = demonstrationQuestionnaire(scene);
    const { unitCode } = scene;
    await insertQuestionnaire(tx, { id, editionCode, unit: scene, definition, demonstration: true }, { accountId: by.accountId, name: by.name, now: draftedAt });
    trail.add(by, draftedAt, { action: 'questionnaires.drafted', unitCode, subjectKind: 'questionnaire', subjectId: id, after: { title: definition.title.zh, from: 'example' } });
    const publisher = { accountId: by.accountId, name: by.name, now: publishedAt };
    await insertVersion(tx, { id, editionCode, unitCode, definition }, 1, publisher);
    await saveQuestionnaire(tx, { id, version: 1 }, { published: 1, changed: false }, publisher);
    trail.add(by, publishedAt, { action: 'questionnaires.published', unitCode, subjectKind: 'questionnaire', subjectId: id, before: { version: 1 }, after: { version: 2, title: definition.title.zh, number: 1 } });
    await seedAnswers(tx, { scene, questionnaireId: id, definition, editionCode, trail });
  }
}
