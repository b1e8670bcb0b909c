// What is put into a report: numbers of the table, tables, pictures; the same dialogs change what stands there.
import { useState } from 'react';
import { readEvidence } from '../../../modules/evidence/contract.ts';
import { listReportPictures } from '../../../modules/reports/contract.ts';
import type { BoundFigure, FigureForm, FigureScope, ReportPicture } from '../../../modules/reports/model.ts';
import { figureForm, figureScope } from '../../../modules/reports/model.ts';
import { figureText, numberOf } from '../../../modules/reports/rules.ts';
import { addressOf } from '../../app/client.ts';
import { useRead } from '../../app/queries.ts';
import { useReportsText } from '../../language/reports.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField, FieldError, TextField } from '../../ui/field.tsx';
import { Shown } from '../../ui/shown.tsx';
import { nameOf, useReportShown } from './report-context.ts';

export function FigureDialog({ onClose, onPick }: { readonly onClose: () => void; readonly onPick: (figure: BoundFigure, unitWord: string) => void }) {
  const words = useReportsText();
  const text = useText();
  const { figures, indicators } = useReportShown();
  const [scope, setScope] = useState<FigureScope>('jurisdiction');
  const [form, setForm] = useState<FigureForm>('exact');
  const [search, setSearch] = useState('');
  const named = indicators.map((indicator) => ({ ...indicator, name: nameOf(indicators, indicator.code, text.code) }));
  const found = named.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <Dialog title={words.figure.title} onClose={onClose}>
      <TextField label={words.figure.search} value={search} onValue={setSearch} />
      <Chips label={words.figure.scope} value={scope} onValue={(value) => setScope(value as FigureScope)} options={figureScope.options.toReversed().map((value) => ({ value, label: words.scopes[value] }))} />
      <Chips label={words.figure.form} value={form} onValue={(value) => setForm(value as FigureForm)} options={figureForm.options.map((value) => ({ value, label: words.forms[value] }))} />
      {found.length === 0 ? <p>{words.figure.none}</p> : null}
      <ul className="report-choices">
        {found.map(({ code, name, unitWord }) => {
          const figure = { indicator: code, scope, form };
          const known = numberOf(figures, figure) !== null;
          return (
            <li key={code} className="row-apart">
              <span className="grow">{name}</span>
              <span className="nowrap">{known ? `${figureText(figures, figure)}${form === 'times' ? words.figure.times : unitWord}` : words.figure.unknown}</span>
              <Button aria-label={`${words.figure.insert} ${name}`} onClick={() => onPick(figure, form === 'times' ? words.figure.times : unitWord)}>{words.figure.insert}</Button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

export function AnnexDialog({ caption: initial, onClose, onDone }: { readonly caption: string; readonly onClose: () => void; readonly onDone: (caption: string) => void }) {
  const words = useReportsText();
  const [caption, setCaption] = useState(initial);
  return (
    <Dialog title={words.table.annex} onClose={onClose} actions={<Button kind="primary" onClick={() => onDone(caption.trim())}>{words.table.done}</Button>}>
      <p>{words.table.annexNote}</p>
      <TextField label={words.table.caption} hint={words.table.captionHint} value={caption} onValue={setCaption} maxLength={80} />
    </Dialog>
  );
}

export function UnitsDialog({ caption: initial, codes, onClose, onDone }: { readonly caption: string; readonly codes: readonly string[]; readonly onClose: () => void; readonly onDone: (caption: string, codes: readonly string[]) => void }) {
  const words = useReportsText();
  const text = useText();
  const { indicators } = useReportShown();
  const [caption, setCaption] = useState(initial);
  const [chosen, setChosen] = useState<readonly string[]>(codes);
  const [wrong, setWrong] = useState<string | null>(null);
  const finish = (): void => {
    if (chosen.length === 0) setWrong(words.table.chooseOne);
    else if (chosen.length > 6) setWrong(words.table.tooMany);
    else onDone(caption.trim(), indicators.filter(({ code }) => chosen.includes(code)).map(({ code }) => code));
  };
  return (
    <Dialog title={words.table.units} onClose={onClose} actions={<Button kind="primary" onClick={finish}>{words.table.done}</Button>}>
      <TextField label={words.table.caption} hint={words.table.captionHint} value={caption} onValue={setCaption} maxLength={80} />
      <fieldset className="chips">
        <legend className="field-label">{words.table.chooseIndicators}</legend>
        {wrong === null ? null : <FieldError>{wrong}</FieldError>}
        {indicators.map(({ code }) => (
          <CheckField key={code} label={nameOf(indicators, code, text.code)} checked={chosen.includes(code)} onChecked={(checked) => setChosen(checked ? [...chosen, code] : chosen.filter((one) => one !== code))} />
        ))}
      </fieldset>
    </Dialog>
  );
}

export function OwnTableDialog({ caption: initial, rows: given, onClose, onDone }: { readonly caption: string; readonly rows: readonly (readonly string[])[]; readonly onClose: () => void; readonly onDone: (caption: string, rows: readonly (readonly string[])[]) => void }) {
  const words = useReportsText();
  const [caption, setCaption] = useState(initial);
  const [rows, setRows] = useState(given);
  const columns = rows[0]?.length ?? 1;
  const put = (row: number, column: number, value: string): void => setRows(rows.map((cells, index) => (index === row ? cells.map((cell, place) => (place === column ? value : cell)) : cells)));
  return (
    <Dialog title={words.table.own} onClose={onClose} actions={<Button kind="primary" onClick={() => onDone(caption.trim(), rows)}>{words.table.done}</Button>}>
      <TextField label={words.table.caption} hint={words.table.captionHint} value={caption} onValue={setCaption} maxLength={80} />
      <p className="hint">{words.table.head}</p>
      <div className="table-scroll">
        <table className="report-grid">
          <tbody>
            {rows.map((cells, row) => (
              <tr key={`r${String(row)}`}>
                {cells.map((cell, column) => <td key={`c${String(column)}`}><input className="control" type="text" maxLength={200} aria-label={words.table.cell(row + 1, column + 1)} value={cell} onChange={(event) => put(row, column, event.target.value)} /></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row-tight">
        <Button icon="add" onClick={() => (rows.length < 60 ? setRows([...rows, Array.from({ length: columns }, () => '')]) : undefined)}>{words.table.addRow}</Button>
        <Button icon="add" onClick={() => (columns < 8 ? setRows(rows.map((cells) => [...cells, ''])) : undefined)}>{words.table.addColumn}</Button>
        <Button icon="minus" onClick={() => (rows.length > 1 ? setRows(rows.slice(0, -1)) : undefined)}>{words.table.dropRow}</Button>
        <Button icon="minus" onClick={() => (columns > 1 ? setRows(rows.map((cells) => cells.slice(0, -1))) : undefined)}>{words.table.dropColumn}</Button>
      </div>
    </Dialog>
  );
}

interface PictureChoice {
  readonly edition: string;
  readonly unitCode: string;
  readonly evidence: string | null;
  readonly caption: string;
  readonly onClose: () => void;
  readonly onDone: (picture: ReportPicture | null, caption: string) => void;
}

export function PictureDialog({ edition, unitCode, evidence, caption: initial, onClose, onDone }: PictureChoice) {
  const words = useReportsText();
  const read = useRead(listReportPictures, { edition, unitCode });
  const [chosen, setChosen] = useState<ReportPicture | null>(null);
  const [caption, setCaption] = useState(initial);
  const [wrong, setWrong] = useState<string | null>(null);
  const current = chosen?.id ?? evidence;
  const finish = (): void => (current === null ? setWrong(words.picture.chooseOne) : onDone(chosen, caption.trim()));
  return (
    <Dialog title={words.picture.title} onClose={onClose} actions={<Button kind="primary" onClick={finish}>{words.picture.done}</Button>}>
      {wrong === null ? null : <FieldError>{wrong}</FieldError>}
      <Shown read={read}>
        {({ pictures }) => (pictures.length === 0 ? <p>{words.picture.none}</p> : (
          <ul className="report-pictures">
            {pictures.map((picture) => (
              <li key={picture.id} className={picture.id === current ? 'report-selected' : ''}>
                <img src={addressOf(readEvidence, { id: picture.id, thumbnail: 'true' })} alt={picture.name} loading="lazy" />
                <span className="hint">{picture.activityTitle ?? picture.name}</span>
                <Button
                  aria-pressed={picture.id === current}
                  aria-label={`${words.picture.choose} ${picture.activityTitle ?? picture.name}`}
                  onClick={() => {
                    setChosen(picture);
                    if (caption === '') setCaption(picture.activityTitle ?? '');
                  }}
                >
                  {picture.id === current ? words.picture.chosen : words.picture.choose}
                </Button>
              </li>
            ))}
          </ul>
        ))}
      </Shown>
      <TextField label={words.picture.caption} hint={words.picture.captionHint} value={caption} onValue={setCaption} maxLength={80} />
    </Dialog>
  );
}
