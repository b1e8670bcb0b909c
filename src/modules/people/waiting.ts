// What waits for a second person: shown at the unit it is about, and from above to whoever may decide it.
import type { Context } from '../../kernel/context.ts';
import { requestView } from './granting.ts';
import type { GrantRequest, Recovery } from './model.ts';
import { recoveryView } from './recovering.ts';
import { listPendingRecoveries, listPendingRequests } from './requests.ts';

export interface Waiting {
  readonly requests: GrantRequest[];
  readonly recoveries: Recovery[];
}

export async function listWaiting(context: Pick<Context, 'tx' | 'actor'>, edition: string, unitCode: string): Promise<Waiting> {
  const requests: GrantRequest[] = [];
  for (const stored of await listPendingRequests(context.tx, edition, unitCode)) {
    const view = await requestView(context, edition, stored);
    if (view.mayDecide || view.mine || stored.unitCode === unitCode || stored.roles.some((role) => role.unitCode === unitCode)) requests.push(view);
  }
  const recoveries: Recovery[] = [];
  for (const stored of await listPendingRecoveries(context.tx, edition, unitCode)) {
    const view = await recoveryView(context, edition, stored);
    if (view.mayDecide || view.mine || stored.unitCode === unitCode) recoveries.push(view);
  }
  return { requests, recoveries };
}

/** How much the caller may decide at a unit and below it. */
export async function countWaitingFor(context: Pick<Context, 'tx' | 'actor'>, edition: string, unitCode: string): Promise<number> {
  const { requests, recoveries } = await listWaiting(context, edition, unitCode);
  return [...requests, ...recoveries].filter(({ mayDecide }) => mayDecide).length;
}
