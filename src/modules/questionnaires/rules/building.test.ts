import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitions } from '../../../testing/questionnaires.ts';
import type { Definition, Question } from '../model/definition.ts';
import { findingsOf } from './building.ts';
import { questionsOf } from './definition.ts';
import { addQuestion, conditionOf, copyQuestion, linesOf, moveSpot, newQuestion, removeSpot, renameQuestion } from './editing.ts';

const words = (zh: string) => ({ zh });
const hardOf = (definition: Definition): string[] => findingsOf(definition).filter(({ severity }) => severity === 'hard').map(({ rule, about }) => `${rule} ${about ?? ''}`.trim());

function named(question: Question): Question {
  const options = 'options' in question ? { options: question.options.map((option) => ({ ...option, label: words(option.code) })) } : {};
  return { ...question, ...options, title: words(`题目${question.code}`) };
}

const first = named(newQuestion('single', 'a'));
const second: Question = { ...named(newQuestion('number', 'b')), when: { is: 'chosen', question: 'a', row: null, option: 'o1' }, title: words('选了{a}的有多少') };
const form: Definition = { title: words('问卷'), introduction: words('说明'), thanks: words(''), anonymous: false, languages: ['zh'], sections: [{ code: 's1', title: words(''), when: null, questions: [first, second] }] };

describe('a draft', () => {
  it('made well has nothing hard against it', () => {
    expect(hardOf(form)).toEqual([]);
    fc.assert(fc.property(definitions, (definition) => {
      expect(hardOf(definition)).toEqual([]);
    }), { numRuns: 30 });
  });

  it('is told when skip logic or a text looks forward, at itself, or at what is gone', () => {
    expect(hardOf(moveSpot(form, { section: 0, question: 1 }, -1).definition)).toEqual(['condition_forward a', 'pipe_forward a']);
    expect(hardOf(removeSpot(form, { section: 0, question: 0 }).definition)).toEqual(['condition_unknown a', 'pipe_unknown a']);
    const round: Question = { ...first, when: { is: 'answered', question: 'a', row: null } };
    expect(hardOf({ ...form, sections: [{ ...form.sections[0], code: 's1', title: words(''), when: null, questions: [round, second] }] })).toEqual(['condition_itself a']);
  });

  it('is told when a condition makes no sense of its question', () => {
    const strange: Question = { ...second, title: words('题'), when: { is: 'compared', question: 'a', by: 'greater', value: 1 } };
    const lost: Question = { ...second, title: words('题'), when: { is: 'chosen', question: 'a', row: null, option: 'gone' } };
    for (const [question, rule] of [[strange, 'condition_unfit a'], [lost, 'condition_part_unknown a']] as const) expect(hardOf({ ...form, sections: [{ code: 's1', title: words(''), when: null, questions: [first, question] }] })).toEqual([rule]);
  });

  it('says what a further language lacks, and what may tell who answers', () => {
    const telephone: Question = { ...named(newQuestion('text', 'c')), title: words('您的手机号码') };
    const found = findingsOf({ ...form, anonymous: true, languages: ['zh', 'en'], sections: [{ code: 's1', title: words(''), when: null, questions: [first, telephone] }] });
    expect(new Set(found.map(({ rule, severity }) => `${rule} ${severity}`))).toEqual(new Set(['translation_missing soft', 'asks_identity soft']));
  });
});

describe('editing', () => {
  it('renames a question in all that names it, and copies one under a code of its own', () => {
    const renamed = renameQuestion(form, { section: 0, question: 0 }, 'industry');
    expect(hardOf(renamed)).toEqual([]);
    expect(renamed.sections[0]?.questions[1]).toMatchObject({ title: { zh: '选了{industry}的有多少' }, when: { question: 'industry' } });
    const copied = copyQuestion(form, { section: 0, question: 1 });
    expect(hardOf(copied.definition)).toEqual([]);
    expect(copied.spot).toEqual({ section: 0, question: 2 });
  });

  it('moves, adds and removes without losing a question, and there and back is nothing', () => {
    fc.assert(fc.property(definitions, fc.nat(20), fc.constantFrom(-1 as const, 1 as const), (definition, pick, by) => {
      const spots = definition.sections.flatMap((section, at) => section.questions.map((_question, question) => ({ section: at, question })));
      const spot = spots[pick % spots.length] ?? { section: 0, question: 0 };
      const moved = moveSpot(definition, spot, by);
      const codes = (of: Definition) => questionsOf(of).map(({ question }) => question.code);
      expect(codes(moved.definition).toSorted()).toEqual(codes(definition).toSorted());
      if (moved.definition !== definition) expect(moveSpot(moved.definition, moved.spot, by === 1 ? -1 : 1).definition).toEqual(definition);
      expect(new Set(codes(addQuestion(definition, spot, 'scale').definition)).size).toBe(spots.length + 1);
    }), { numRuns: 30 });
  });

  it('shows a condition line by line only when it can give it back', () => {
    fc.assert(fc.property(definitions, (definition) => {
      for (const { question } of questionsOf(definition)) {
        const lines = linesOf(question.when);
        if (lines === null) continue;
        const back = conditionOf(lines);
        expect(linesOf(back)).toEqual(lines);
      }
    }), { numRuns: 30 });
  });
});
