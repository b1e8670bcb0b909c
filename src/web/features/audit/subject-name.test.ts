import { expect, it } from 'vitest';
import { subjectName } from './subject-name.ts';

const plain = { subjectKind: 'activity', subjectName: null, unitName: '望月县局', before: null, after: null };
const code = 'eda3c529-495b-4fcb-8edd-000000000000';

it.each([
  [{ subjectId: '33-dcac3668', after: { version: 1, title: '商业秘密保护培训' } }, '商业秘密保护培训'],
  [{ subjectId: '33-dcac3668', before: { label: '设立指导站' } }, '设立指导站'],
  [{ subjectId: code, subjectKind: 'account', after: { signInName: 'demonstration.clerk' } }, 'demonstration.clerk'],
  [{ subjectId: code, subjectKind: 'account', subjectName: '张三', after: { signInName: 'demonstration.clerk' } }, '张三'],
  [{ subjectId: '2023/330000', subjectKind: 'internal_deadline', before: { dueAt: null } }, '望月县局'],
  [{ subjectId: 'accounts', subjectKind: 'export' }, 'accounts'],
  [{ subjectId: `33-${code}`, after: { title: '' } }, ''],
])('calls %o by %s', (event, name) => expect(subjectName({ ...plain, ...event })).toBe(name));
