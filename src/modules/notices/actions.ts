// What is done with notices: sent to units below, read there, brought to mind of those that have not.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { getEditionByCode } from '../editions/queries.ts';
import * as contract from './contract.ts';
import { findNotice, insertNotice, listReceived, listSent, listUnitsBelow, lockReceipts, markNoticeRead, markReminded, type Sender } from './queries.ts';
import { isToBeReminded, receiversOf } from './rules.ts';

const senderOf = ({ actor, now }: Context): Sender => ({ accountId: actor.accountId, accountName: actor.name, now });

const list = implement(contract.listNotices, async (context, { edition, unitCode }) => {
  const unit = await authorise(context, 'read_notices', edition, unitCode);
  const maySend = may(context.actor, 'send_notices', unit);
  const below = maySend ? await listUnitsBelow(context.tx, edition, unit) : [];
  return { received: await listReceived(context.tx, edition, unit), sent: await listSent(context.tx, edition, unit), below: below.filter(({ parentCode }) => parentCode === unitCode).map(({ unitCode: code, name }) => ({ code, name })), maySend };
});

const send = implement(contract.sendNotice, async (context, { edition, unitCode, unitCodes, ...content }) => {
  const unit = await authorise(context, 'send_notices', edition, unitCode);
  if ((await getEditionByCode(context.tx, edition)).closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  const { units, unknown } = receiversOf(unitCode, await listUnitsBelow(context.tx, edition, unit), unitCodes);
  if (unknown !== null) raise(problem('not_found', { kind: 'unit', id: unknown }));
  if (units.length === 0) raise(problem('refused_by_rule', { rule: 'nobody_below' }));
  const id = recordId(unit.provinceCode, randomUUID());
  await insertNotice(context.tx, edition, unitCode, { id, ...content }, units, senderOf(context));
  context.record({ action: 'notices.send', unitCode, subjectKind: 'notice', subjectId: id, after: { title: content.title, units: units.length } });
  return { id, units: units.length };
});

const read = implement(contract.readNotice, async (context, { edition, unitCode, id }) => {
  const unit = await authorise(context, 'read_notices', edition, unitCode);
  if (!(await markNoticeRead(context.tx, unit, id, senderOf(context)))) raise(problem('not_found', { kind: 'notice', id }));
  context.record({ action: 'notices.read', unitCode, subjectKind: 'notice', subjectId: id });
  return { done: true as const };
});

const remind = implement(contract.remindNotice, async (context, { edition, unitCode, id }) => {
  const unit = await authorise(context, 'send_notices', edition, unitCode);
  const { title } = found(await findNotice(context.tx, unit, id), 'notice', id);
  const due = (await lockReceipts(context.tx, id)).filter((receipt) => isToBeReminded(receipt, context.now));
  await markReminded(context.tx, id, due, context.now);
  context.record({ action: 'notices.remind', unitCode, subjectKind: 'notice', subjectId: id, after: { title, units: due.length } });
  return { reminded: due.length };
});

export const noticeActions: readonly Implementation[] = [list, send, read, remind];
