import { expect, it } from 'vitest';
import { subjectName } from './subject-name.ts';

it.each([
  [{ subjectId: '33-dcac3668', before: null, after: { version: 1, title: '商业秘密保护培训' } }, '商业秘密保护培训'],
  [{ subjectId: '33-dcac3668', before: { label: '设立指导站' }, after: null }, '设立指导站'],
  [{ subjectId: 'eda3c529-495b-4fcb-8edd-000000000000', before: null, after: { signInName: 'demonstration.clerk' } }, 'demonstration.clerk'],
  [{ subjectId: '2023/330000', before: { dueAt: null }, after: { dueAt: '2023-07-05T17:00:00.000+08:00' } }, '2023/330000'],
  [{ subjectId: 'eda3c529-495b-4fcb-8edd-000000000000', before: null, after: { title: '' } }, 'eda3c529-495b-4fcb-8edd-'],
])('calls %o by %s', (event, name) => expect(subjectName(event)).toBe(name));
