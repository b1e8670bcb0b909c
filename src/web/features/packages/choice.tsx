// Which pictures and files of the own ledger go along: by picture, with what each belongs to and how much is chosen.
import { useState } from 'react';
import { readEvidence } from '../../../modules/evidence/contract.ts';
import { mostEvidence, mostEvidenceBytes, type Packable, plainEvidenceBytes } from '../../../modules/packages/model.ts';
import { plainChoice } from '../../../modules/packages/rules/choosing.ts';
import { addressOf } from '../../app/client.ts';
import { usePackagesText } from '../../language/packages.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Empty } from '../../ui/notice.tsx';

interface ChoiceProps {
  readonly packables: readonly Packable[];
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
  readonly writes: boolean;
}

/** Thumbnails drawn at once. */
const page = 48;

export function Choice({ packables, chosen, onChosen, writes }: ChoiceProps) {
  const text = useText();
  const words = usePackagesText().evidence;
  const [shown, setShown] = useState(page);
  const total = packables.reduce((sum, one) => sum + (chosen.has(one.id) ? one.bytes : 0), 0);
  const turn = (id: string, on: boolean): void => onChosen(new Set(on ? [...chosen, id] : [...chosen].filter((one) => one !== id)));
  return (
    <section className="panel stack" aria-labelledby="evidence">
      <h2 id="evidence">{words.title}</h2>
      <div className="stack-tight">
        <p>{words.intro}</p>
        <p className="hint">{words.noVideos}</p>
      </div>
      {packables.length === 0 ? <Empty>{words.none}</Empty> : (
        <>
          <div className="row-apart">
            <p role="status">{words.chosen(chosen.size, text.format.bytes(total), text.format.bytes(mostEvidenceBytes))}</p>
            {writes ? (
              <div className="row-tight">
                <Button onClick={() => onChosen(plainChoice(packables, { bytes: plainEvidenceBytes, count: mostEvidence }))}>{words.pictures}</Button>
                <Button onClick={() => onChosen(new Set(packables.map(({ id }) => id)))}>{words.all}</Button>
                <Button onClick={() => onChosen(new Set())}>{words.nothing}</Button>
              </div>
            ) : null}
          </div>
          <ul className="package-choice">
            {packables.slice(0, shown).map((one) => <li key={one.id}><Piece packable={one} chosen={chosen.has(one.id)} onChosen={(on) => turn(one.id, on)} writes={writes} /></li>)}
          </ul>
          {packables.length > shown ? <div><Button onClick={() => setShown(shown + page)}>{words.more(Math.min(page, packables.length - shown))}</Button></div> : null}
        </>
      )}
    </section>
  );
}

interface PieceProps {
  readonly packable: Packable;
  readonly chosen: boolean;
  readonly onChosen: (on: boolean) => void;
  readonly writes: boolean;
}

function Piece({ packable, chosen, onChosen, writes }: PieceProps) {
  const text = useText();
  const words = usePackagesText().evidence;
  const { id, name, picture, bytes, title, date, rows } = packable;
  const where = rows.length === 0 ? words.noRow : words.rows(text.format.list(rows.map(String)));
  return (
    <label className={`package-piece${chosen ? ' package-piece-chosen' : ''}`}>
      {picture ? <img src={addressOf(readEvidence, { id, thumbnail: 'true' })} alt="" loading="lazy" width={160} height={120} /> : <span className="package-file"><Icon name="document" size={32} /></span>}
      <span className="package-name">
        {writes ? <input type="checkbox" checked={chosen} onChange={(event) => onChosen(event.target.checked)} /> : null}
        <span>{name}</span>
      </span>
      <span className="hint">{title}</span>
      <span className="hint">{text.format.shortDate(date)} · {where} · {text.format.bytes(bytes)}</span>
    </label>
  );
}
