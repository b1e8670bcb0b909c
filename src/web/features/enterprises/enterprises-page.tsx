// 企业: those a unit knows, found by words, kind, list and service; chosen for the list of key enterprises. All of it is in the address.
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { chooseTargets, listRegister } from '../../../modules/enterprises/contract.ts';
import type { RegisterLine } from '../../../modules/enterprises/model.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useEnded, useSeat } from '../../app/session.tsx';
import { useEnterprisesText } from '../../language/enterprises.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { pageNumberOf } from '../activities/ledger-filter.ts';
import { Paging } from '../activities/ledger-paging.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { ContactsExport } from './contacts-export.tsx';
import { askedRegisterOf, everyone, linesAtOnce, registerFilterOf, registerParametersOf } from './register-filter.ts';
import { RegisterList } from './register-list.tsx';
import { RegisterSearch } from './register-search.tsx';
import './enterprises.css';

export function EnterprisesPage() {
  const words = useEnterprisesText();
  const seat = useSeat();
  const unit = useRead(getUnit, { edition: seat.edition, unitCode: seat.unitCode }, { fresh: 300_000 });
  const ended = useEnded();
  const writes = (unit.data?.may.includes('write_ledger') ?? false) && !ended;
  return (
    <>
      <PageTitle
        title={words.title}
        aside={
          <>
            <LinkButton icon="chart" to={`${seat.base}/enterprises/coverage`}>{words.register.coverage}</LinkButton>
            <LinkButton icon="copy" to={`${seat.base}/enterprises/duplicates`}>{words.register.duplicates}</LinkButton>
            {writes ? <LinkButton icon="upload" to={`${seat.base}/ledger/import?subject=targets`}>{words.register.import}</LinkButton> : null}
            {writes ? <LinkButton kind="primary" icon="add" to={`${seat.base}/enterprises/new`}>{words.register.add}</LinkButton> : null}
          </>
        }
      />
      <Register key={seat.base} writes={writes} contacts={unit.data?.may.includes('read_contacts') ?? false} />
    </>
  );
}

function Register({ writes, contacts }: { readonly writes: boolean; readonly contacts: boolean }) {
  const text = useText();
  const words = useEnterprisesText().register;
  const seat = useSeat();
  const [parameters, setParameters] = useSearchParams();
  const filter = registerFilterOf(parameters);
  const asked = askedRegisterOf(filter);
  const page = pageNumberOf(parameters);
  const read = useRead(listRegister, { edition: seat.edition, unitCode: seat.unitCode, ...asked, offset: (page - 1) * linesAtOnce, limit: linesAtOnce }, { keep: true });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { number } = text.format;
  return (
    <div className="stack">
      <RegisterSearch
        filter={filter}
        onFilter={(next) => {
          setChosen(new Set());
          setParameters(registerParametersOf(next));
        }}
      />
      <Shown read={read}>
        {({ enterprises, total, known }) => (
          <>
            <div className="row-apart">
              <p role="status" aria-live="polite" className={read.isPlaceholderData ? 'hint' : 'strong'}>{total === known ? words.total(number(total)) : words.found(number(total), number(known))}</p>
              {known === 0 ? null : <div className="row-tight screen-only">{contacts ? <ContactsExport /> : null}<ExportButton edition={seat.edition} unitCode={seat.unitCode} subjects={[{ kind: 'register', filter: asked }]} /></div>}
            </div>
            {writes && enterprises.length > 0 ? <Choosing enterprises={enterprises} chosen={chosen} onChosen={setChosen} /> : null}
            {enterprises.length === 0 ? <Nothing known={known} writes={writes} onReset={() => setParameters(registerParametersOf(everyone))} /> : (
              <RegisterList enterprises={enterprises} chosen={writes ? chosen : null} contacts={contacts} onChosen={setChosen} />
            )}
            <Paging page={page} total={total} atOnce={linesAtOnce} />
          </>
        )}
      </Shown>
    </div>
  );
}

interface ChoosingProps {
  readonly enterprises: readonly RegisterLine[];
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
}

/** What is done with the chosen; pressed with none chosen it says so. */
function Choosing({ enterprises, chosen, onChosen }: ChoosingProps) {
  const text = useText();
  const words = useEnterprisesText().register;
  const seat = useSeat();
  const choose = useCommand(chooseTargets);
  const [pressed, setPressed] = useState(false);
  const act = async (wanted: boolean): Promise<void> => {
    setPressed(true);
    if (chosen.size === 0) return;
    const answer = await choose.run({ edition: seat.edition, unitCode: seat.unitCode, codes: [...chosen], chosen: wanted });
    if (answer === null) return;
    onChosen(new Set());
    setPressed(false);
    const { codes } = answer;
    if (codes.length === 0) {
      tell({ text: words.unchanged });
      return;
    }
    const undo = async (): Promise<boolean> => (await choose.run({ edition: seat.edition, unitCode: seat.unitCode, codes, chosen: !wanted })) !== null;
    tell({ text: (wanted ? words.added : words.removed)(text.format.number(codes.length)), undo });
  };
  return (
    <div className="stack-tight screen-only">
      <div className="row-tight">
        <Button onClick={() => onChosen(new Set(enterprises.map(({ uscc }) => uscc)))}>{words.chooseAll}</Button>
        <Button icon="add" busy={choose.busy} onClick={() => void act(true)}>{words.addTargets}</Button>
        <Button icon="minus" busy={choose.busy} onClick={() => void act(false)}>{words.removeTargets}</Button>
        <span role="status" className="hint">{chosen.size > 0 ? words.chosen(text.format.number(chosen.size)) : pressed ? words.nothingChosen : ''}</span>
      </div>
      <FailureNotice failure={choose.failure} kept="nothing" />
    </div>
  );
}

function Nothing({ known, writes, onReset }: { readonly known: number; readonly writes: boolean; readonly onReset: () => void }) {
  const words = useEnterprisesText().register;
  const seat = useSeat();
  if (known > 0) return <Empty action={<Button icon="undo" onClick={onReset}>{words.reset}</Button>}>{words.emptyFound}</Empty>;
  if (!writes) return <Empty>{words.emptyReader}</Empty>;
  return <Empty action={<LinkButton kind="primary" icon="upload" to={`${seat.base}/ledger/import?subject=targets`}>{words.import}</LinkButton>}>{words.empty}</Empty>;
}
