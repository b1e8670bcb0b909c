// The units below: functional zones, reporting lines, mergers and splits. Closed editions keep the tree they had.
import { useEffect, useRef, useState } from 'react';
import { getUnit } from '../../../modules/units/contract.ts';
import type { UnitSummary } from '../../../modules/units/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useSetupText } from '../../language/setup.ts';
import { useText } from '../../language/text.tsx';
import { Badge, Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { WhyNot } from '../../ui/why-not.tsx';
import { UnitPicker } from '../../ui/unit-picker.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { AddZone, MoveUnit, SucceedUnit } from './unit-forms.tsx';

export function UnitsPage() {
  const words = useSetupText().units;
  const seat = useSeat();
  const [picked, setPicked] = useState<string | null>(null);
  const own = useRead(getUnit, { edition: seat.edition, unitCode: seat.unitCode });
  return (
    <>
      <PageTitle title={words.title} aside={<ExportButton edition={seat.edition} unitCode={seat.unitCode} subjects={[{ kind: 'units' }]} />} />
      <p className="hint prose">{words.intro}</p>
      <div className="setup-form"><UnitPicker edition={seat.edition} label={words.find} within={seat.unitCode} onPick={({ code }) => setPicked(code)} /></div>
      <div className="setup-columns">
        <section className="stack">
          <h2>{words.below}</h2>
          <Shown read={own}>{({ children }) => children.length === 0 ? <Empty>{words.none}</Empty> : <UnitList units={children} picked={picked} onPick={setPicked} />}</Shown>
          <AddZone parent={{ code: seat.unitCode, name: seat.unitName }} onAdded={setPicked} />
        </section>
        {picked === null ? <Empty>{words.pickUnit}</Empty> : <OneUnit key={picked} unitCode={picked} onPick={setPicked} />}
      </div>
    </>
  );
}

function UnitList({ units, picked, onPick }: { readonly units: readonly UnitSummary[]; readonly picked: string | null; readonly onPick: (code: string) => void }) {
  const words = useSetupText().units;
  return (
    <ul className="unit-list">
      {units.map((unit) => (
        <li key={unit.code}>
          <button type="button" aria-current={unit.code === picked} onClick={() => onPick(unit.code)}>
            <span className="number">{unit.code}</span><span className="grow">{unit.shortName}</span><span className="hint">{words.kinds[unit.kind]}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function OneUnit({ unitCode, onPick }: { readonly unitCode: string; readonly onPick: (code: string) => void }) {
  const text = useText();
  const words = useSetupText().units;
  const seat = useSeat();
  const read = useRead(getUnit, { edition: seat.edition, unitCode });
  return (
    <Shown read={read}>
      {({ unit, line, children, may }) => {
        const changes = may.includes('change_units') && unit.code !== seat.unitCode;
        return (
          <section className="panel stack">
            <div className="row-apart"><PickedHeading>{unit.name}</PickedHeading>{unit.demonstration ? <Badge tone="warn" icon="alert">{words.demonstration}</Badge> : null}</div>
            <dl className="facts">
              <dt>{words.columns.code}</dt><dd>{unit.code}</dd>
              <dt>{words.columns.kind}</dt><dd>{words.kinds[unit.kind]}</dd>
              <dt>{words.columns.to}</dt><dd><Upper line={line.filter(({ code }) => code !== unit.code)} onPick={onPick} /></dd>
              <dt>{words.places}</dt><dd>{text.format.list(unit.placeCodes)}</dd>
              <dt>{words.validFrom}</dt><dd>{text.format.date(unit.validFrom)}{unit.validTo === null ? '' : ` — ${words.validTo} ${text.format.date(unit.validTo)}`}</dd>
              {unit.successorCodes.length === 0 ? null : <><dt>{words.successorsNow}</dt><dd>{text.format.list(unit.successorCodes)}</dd></>}
            </dl>
            {changes ? <><MoveUnit unit={unit} /><SucceedUnit unit={unit} /></> : unit.code === seat.unitCode ? null : <p className="hint">{words.mayNot} <WhyNot right="change_units" unitCode={unit.code} /></p>}
            {changes && unit.kind !== 'zone' ? <AddZone parent={unit} onAdded={onPick} /> : null}
            {children.length === 0 ? null : <><h3>{words.below}</h3><UnitList units={children} picked={null} onPick={onPick} /></>}
          </section>
        );
      }}
    </Shown>
  );
}

/** Takes the focus when a unit was picked: on a phone it stands far below the list. */
function PickedHeading({ children }: { readonly children: string }) {
  const own = useRef<HTMLHeadingElement>(null);
  useEffect(() => own.current?.focus(), []);
  return <h2 ref={own} tabIndex={-1} className="unit-heading">{children}</h2>;
}

/** Whom the unit reports to; those below the seat can be opened. */
function Upper({ line, onPick }: { readonly line: readonly UnitSummary[]; readonly onPick: (code: string) => void }) {
  const words = useSetupText().units;
  const seat = useSeat();
  const upper = line.at(-1);
  if (upper === undefined) return words.nobodyAbove;
  const at = line.findIndex(({ code }) => code === seat.unitCode);
  return at >= 0 && at < line.length - 1 ? <button type="button" className="unit-upper" onClick={() => onPick(upper.code)}>{upper.name}</button> : upper.name;
}
