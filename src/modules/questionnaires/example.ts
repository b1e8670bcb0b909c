// The example a new questionnaire may start from: 企业商业秘密保护现状调查, in our own words, as a file in data/.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../kernel/package-root.ts';
import { definition, type Definition } from './model/definition.ts';

export async function exampleQuestionnaire(): Promise<Definition> {
  return definition.parse(JSON.parse(await readFile(join(packageRoot, 'data', 'questionnaires', 'protection-survey.json'), 'utf8')));
}
