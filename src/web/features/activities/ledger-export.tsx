// 导出: everything the search finds, not only the page on screen, as a file of this browser.
import { useState } from 'react';
import { listActivities } from '../../../modules/activities/contract.ts';
import type { Activity } from '../../../modules/activities/model.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { call } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { today } from '../../app/server-clock.ts';
import { type UnitEdition, useMe, useSeat } from '../../app/session.tsx';
import { useActivitiesText } from '../../language/activities.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { csvOf } from './csv.ts';
import { saveFile } from './file-saving.ts';
import { sheetOf } from './ledger-sheet.ts';

type Asked = Parameters<typeof call<typeof listActivities>>[1];
const atOnce = 200;
const mostNames = 100;

export function LedgerExport({ edition, asked, total }: { readonly edition: UnitEdition; readonly asked: Asked; readonly total: number }) {
  const text = useText();
  const words = useActivitiesText();
  const me = useMe();
  const seat = useSeat();
  const [done, setDone] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async (): Promise<void> => {
    setFailure(null);
    setDone(0);
    try {
      const activities = await readAll(asked, setDone);
      const units = await unitNames(edition.definition.code, activities);
      const name = words.exportName(seat.unitShortName, edition.definition.code, today());
      saveFile(`${me.demonstration ? `${words.exportDemonstration}_` : ''}${name}.csv`, 'text/csv;charset=utf-8', csvOf(sheetOf(edition.definition, activities, { text, words, units })));
      tell({ text: words.exported(text.format.number(activities.length)) });
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setDone(null);
    }
  };
  return (
    <div className="stack-tight">
      <div className="row-tight">
        {done === null ? null : <span className="hint" role="status">{words.exporting(text.format.number(done), text.format.number(total))}</span>}
        <Button icon="download" busy={done !== null} title={words.exportHint} onClick={() => void run()}>{words.export}</Button>
      </div>
      <FailureNotice failure={failure} kept="read" onAgain={() => void run()} />
    </div>
  );
}

/** Page by page. An entry recorded meanwhile moves the others down by one: none is written twice. */
async function readAll(asked: Asked, onDone: (count: number) => void): Promise<Activity[]> {
  const found = new Map<string, Activity>();
  for (let offset = 0; ; offset += atOnce) {
    const { activities, total } = await call(listActivities, { ...asked, offset, limit: atOnce });
    for (const activity of activities) found.set(activity.id, activity);
    onDone(Math.min(found.size, total));
    if (activities.length < atOnce) return [...found.values()];
  }
}

/** Names of the units that took part. One that cannot be read keeps its code: the sheet is worth more than a name. */
async function unitNames(edition: string, activities: readonly Activity[]): Promise<ReadonlyMap<string, string>> {
  const codes = [...new Set(activities.flatMap(({ content }) => content.coHosts))].slice(0, mostNames);
  const names = await Promise.all(codes.map((unitCode) => call(getUnit, { edition, unitCode }).then(({ unit }) => [unitCode, unit.name] as const).catch(() => [unitCode, unitCode] as const)));
  return new Map(names);
}
