// Every page of every role, at both widths and in the large-character and high-contrast modes: no serious finding of axe,
// no sideways scroll, no fault in the console.
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, type Width, widths } from './journey.ts';

const stage = openStage();

const pages: readonly (readonly [person: string, path: string])[] = [
  ['clerk 330110', ''],
  ['clerk 330110', '/ledger'],
  ['clerk 330110', '/ledger/new'],
  ['clerk 330110', '/ledger/new?kind=visit'],
  ['clerk 330110', '/ledger/batch'],
  ['clerk 330110', '/ledger/import?kind=training'],
  ['clerk 330110', '/ledger/bin'],
  ['clerk 330110', '/services'],
  ['clerk 330110', '/enterprises'],
  ['clerk 330110', '/enterprises/new'],
  ['clerk 330110', '/enterprises/coverage'],
  ['clerk 330110', '/enterprises/duplicates'],
  ['clerk 330110', '/enterprises/91990023800000228G'],
  ['coordinator 330100', '/enterprises/coverage'],
  ['clerk 330110', '/questionnaires'],
  ['clerk 330110', '/enterprise-accounts'],
  ['clerk 330110', '/assessments'],
  ['clerk 330110', '/assessments/new'],
  ['clerk 330110', '/trainings'],
  ['clerk 330110', '/trainings/new'],
  ['clerk 330110', '/publicity'],
  ['clerk 330110', '/publicity/new'],
  ['clerk 330110', '/publicity/materials'],
  ['clerk 330110', '/plan'],
  ['clerk 330110', '/calendar'],
  ['coordinator 330100', '/notices'],
  ['clerk 330110', '/service-points'],
  ['clerk 330110', '/service-points/new'],
  ['clerk 330110', '/visits'],
  ['clerk 330110', '/visits/new'],
  ['clerk 330110', '/visits/plan'],
  ['clerk 330110', '/visits/list'],
  ['clerk 330110', '/outbox'],
  ['clerk 330110', '/table'],
  ['clerk 330110', '/table?cell=publicity.enterprises'],
  ['clerk 330110', '/return'],
  ['clerk 330110', '/package'],
  ['clerk 330110', '/form-reading'],
  ['clerk 330110', '/report'],
  ['reviewer 330110', '/report'],
  ['clerk 330110', '/password'],
  ['clerk 330110', '/security'],
  ['clerk 330110', '/setup/audit'],
  ['clerk 330110', '/rights'],
  ['clerk 330110', '/rights?unit=330100&right=accept'],
  ['reviewer 330110', '/review'],
  ['head 330110', '/return'],
  ['coordinator 330100', ''],
  ['coordinator 330100', '/matrix'],
  ['coordinator 330100', '/review?unit=330109'],
  ['coordinator 330000', '/overview'],
  ['coordinator 330000', '/return'],
  ['coordinator 330000', '/table?unit=330200'],
  ['coordinator 330000', '/setup/deadline'],
  ['coordinator 330000', '/setup/rows'],
  ['coordinator 330000', '/setup/units'],
  ['national_office 000000', '/overview'],
  ['national_office 000000', '/matrix'],
  ['national_office 000000', '/table'],
  ['auditor 000000', '/setup/audit'],
  ['security_administrator 000000', '/setup/audit'],
  ['head 330110', '/setup/accounts'],
  ['head 330110', '/substitutes'],
  ['security_administrator 000000', '/setup/accounts'],
  ['system_administrator 000000', '/setup/accounts'],
  ['system_administrator 000000', '/setup/import'],
  ['system_administrator 000000', '/setup/health'],
  ['security_administrator 000000', '/setup/witnesses'],
  ['column_editor 000000', '/column'],
  ['column_editor 000000', '/column/new'],
  ['column_publisher 000000', '/column'],
  // Outside of any seat, for anyone.
  ['clerk 330110', '/../../log'],
];

const nameOf = (person: string, path: string): string => `${person.replace(' ', '-')}${path.replaceAll(/[^a-z0-9]+/g, '-')}`;

async function expectSound(person: string, path: string, width: Width, preferences: object, name: string): Promise<void> {
  const { page, base, faults, context } = await stage.visit(person, { width, preferences });
  await page.goto(`${base}${path}`);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  await picture(page, name);
  await expectNoSideways(page);
  await expectAccessible(page);
  expect(faults).toEqual([]);
  await context.close();
}

// Two at once (vitest.config.ts): each is a browser context of its own, and waits more than it works.
describe.each(widths)('at %i px', (width) => {
  it.concurrent.each(pages)('%s %s is sound', (person, path) => expectSound(person, path, width, {}, `${nameOf(person, path)}-${width}`));
});

/** Large characters are hardest on a phone; contrast and English are checked where most is in sight. */
const modes: readonly (readonly [mode: string, preferences: object, width: Width])[] = [['large characters', { largeText: true }, 360], ['high contrast', { highContrast: true }, 1280], ['English', { language: 'en' }, 1280], ['English on a phone', { language: 'en' }, 360]];
const inModes = pages.filter(([person, path]) => ['clerk 330110', 'clerk 330110/ledger/new', 'clerk 330110/table', 'clerk 330110/return', 'coordinator 330100/matrix', 'head 330110/setup/accounts', 'national_office 000000/overview'].includes(`${person}${path}`));

describe.each(modes)('with %s', (mode, preferences, width) => {
  it.concurrent.each(inModes)('%s %s is sound', (person, path) => expectSound(person, path, width, preferences, `${mode.replaceAll(' ', '-')}-${nameOf(person, path)}`));
});
