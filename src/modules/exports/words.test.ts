// Files say what the screen says: closed sets have the same words in both places, and both languages the same columns.
import { describe, expect, it } from 'vitest';
import { activities as englishActivities } from '../../web/language/en/activities.ts';
import { kit as englishKit } from '../../web/language/en/kit.ts';
import { setup as englishSetup } from '../../web/language/en/setup.ts';
import { shell as englishShell } from '../../web/language/en/shell.ts';
import { activities } from '../../web/language/zh/activities.ts';
import { kit } from '../../web/language/zh/kit.ts';
import { setup } from '../../web/language/zh/setup.ts';
import { shell } from '../../web/language/zh/shell.ts';
import { exportSubject } from './model.ts';
import { dataClassOf, fileNameOf } from './rules.ts';
import { english } from './words-en.ts';
import { chinese } from './words.ts';

describe('the words of exported files', () => {
  it.each([
    ['zh', chinese, { shell, kit, setup, activities }],
    ['en', english, { shell: englishShell, kit: englishKit, setup: englishSetup, activities: englishActivities }],
  ] as const)('are those of the screen (%s)', (_code, words, screen) => {
    expect(words.states).toEqual(screen.shell.returnStates);
    expect(words.roles).toEqual(screen.shell.roles);
    expect(words.reasons).toEqual(screen.kit.enterprisePicker.reasons);
    expect(words.unitKinds).toEqual(screen.setup.units.kinds);
    expect(words.marks).toEqual(screen.activities.marks);
  });

  it('name every subject, and what kind of data it is', () => {
    const kinds = exportSubject.options.map(({ shape }) => shape.kind.value).toSorted();
    expect([Object.keys(chinese.names).toSorted(), Object.keys(english.names).toSorted(), Object.keys(dataClassOf).toSorted()]).toEqual([kinds, kinds, kinds]);
  });
});

describe('the name of an exported file', () => {
  it('tells unit, edition, content and day, and is one that every system takes', () => {
    expect(fileNameOf({ unit: '望月县', edition: '2023', content: '台账', date: '2023-06-26', demonstration: null }, 'xlsx')).toBe('望月县-2023-台账-20230626.xlsx');
    expect(fileNameOf({ unit: 'a/b:c*?"<>|\u0000', edition: '2023', content: '台账', date: '2023-06-26', demonstration: '演示' }, 'csv')).toBe('演示-a_b_c_______-2023-台账-20230626.csv');
  });
});
