// Options of a choice, rows and columns of a matrix: written side by side, put in order, with their codes.
import type { Line, Option } from '../../../modules/questionnaires/model/definition.ts';
import { freshOf } from '../../../modules/questionnaires/rules/editing.ts';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';
import { WordsField } from './words-field.tsx';

const optionsMost = 100;

interface Part extends Line {}

interface PartsProps<P extends Part> {
  readonly parts: readonly P[];
  readonly languages: readonly string[];
  readonly add: string;
  readonly stem: string;
  readonly most: number;
  readonly made: (code: string) => P;
  readonly onParts: (parts: P[], field?: string) => void;
  readonly more?: (part: P, put: (changed: P) => void) => React.ReactNode;
}

function PartsEditor<P extends Part>({ parts, languages, add, stem, most, made, onParts, more }: PartsProps<P>) {
  const words = useQuestionnairesText();
  return (
    <div className="stack-tight">
      <ol className="parts">
        {parts.map((part, index) => {
          const put = (changed: P, field?: string): void => onParts(parts.with(index, changed), field);
          const swap = (by: number): void => {
            const other = parts[index + by];
            if (other !== undefined) onParts(parts.with(index, other).with(index + by, part));
          };
          return (
            <li key={part.code} className="part">
              <div className="grow"><WordsField label={words.builder.option(String(index + 1))} hiddenLabel words={part.label} languages={languages} most={300} onWords={(label, language) => put({ ...part, label }, `${part.code}.${language}`)} /></div>
              {more?.(part, put)}
              <span className="row-tight">
                <Button kind="quiet" icon="arrow_down" iconOnly className="turned" onClick={() => swap(-1)}>{words.builder.up}</Button>
                <Button kind="quiet" icon="arrow_down" iconOnly onClick={() => swap(1)}>{words.builder.down}</Button>
                <Button kind="quiet" icon="trash" iconOnly onClick={() => onParts(parts.filter((_, other) => other !== index))}>{words.builder.remove}</Button>
              </span>
            </li>
          );
        })}
      </ol>
      {parts.length >= most ? null : <div><Button icon="add" onClick={() => onParts([...parts, made(freshOf(new Set(parts.map(({ code }) => code)), stem))])}>{add}</Button></div>}
    </div>
  );
}

export function OptionsEditor({ options, languages, multiple, onOptions }: { readonly options: readonly Option[]; readonly languages: readonly string[]; readonly multiple: boolean; readonly onOptions: (options: Option[], field?: string) => void }) {
  const words = useQuestionnairesText();
  return (
    <section className="stack-tight">
      <h3>{words.builder.options}</h3>
      <PartsEditor
        parts={options}
        languages={languages}
        add={words.builder.addOption}
        stem="o"
        most={optionsMost}
        made={(code): Option => ({ code, label: { zh: '' }, exclusive: false, text: false })}
        onParts={onOptions}
        more={(option, put) => (
          <span className="row-tight">
            {multiple ? <CheckField label={words.builder.exclusive} checked={option.exclusive} onChecked={(exclusive) => put({ ...option, exclusive })} /> : null}
            <CheckField label={words.builder.text} checked={option.text} onChecked={(text) => put({ ...option, text })} />
          </span>
        )}
      />
    </section>
  );
}

export function LinesEditor({ label, add, stem, lines, languages, most, onLines }: { readonly label: string; readonly add: string; readonly stem: string; readonly lines: readonly Line[]; readonly languages: readonly string[]; readonly most: number; readonly onLines: (lines: Line[], field?: string) => void }) {
  return (
    <section className="stack-tight">
      <h3>{label}</h3>
      <PartsEditor parts={lines} languages={languages} add={add} stem={stem} most={most} made={(code): Line => ({ code, label: { zh: '' } })} onParts={onLines} />
    </section>
  );
}
