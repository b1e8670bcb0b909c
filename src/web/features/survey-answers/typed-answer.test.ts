// What is typed from paper is read as it was meant, or said to be unreadable.
import { expect, it } from 'vitest';
import { sampleDefinition } from '../../../testing/answering.ts';
import { findQuestion } from '../../../modules/questionnaires/rules/definition.ts';
import { choicesOf, readTyped } from './typed-answer.ts';

const definition = sampleDefinition();
const typed = (code: string, text: string): unknown => {
  const question = findQuestion(definition, code);
  if (question === undefined) throw new Error(code);
  const read = readTyped(question, text);
  return read.is === 'value' ? read.value : read.is;
};

it.each([
  ['size', '2', 'middle'], ['size', ' １ ', 'small'], ['size', '9', 'unread'], ['size', '', 'empty'], ['measures', '1,2', ['rules', 'contracts']], ['measures', '1、3', ['rules', 'none']], ['measures', '1 7', 'unread'],
  ['need', '1 2', { training: 'yes', advice: 'no' }], ['need', '0 2', { advice: 'no' }], ['need', '1 2 1', 'unread'], ['worry', '４', 4], ['staff', '1,200', 1200], ['staff', '很多', 'unread'], ['advice_text', '多办培训', '多办培训'],
])('reads %s «%s» as %j', (code, text, value) => {
  expect(typed(code, text)).toEqual(value);
});

it('lists what may be typed', () => {
  const question = findQuestion(definition, 'size');
  expect(question === undefined ? null : choicesOf(question, 'zh')).toBe('1 小微　2 中型　3 大型　4 其他');
});
