// Pages and questions in order. Alt with an arrow key moves one; what is wrong is marked where it is.
import type { KeyboardEvent } from 'react';
import type { Definition } from '../../../modules/questionnaires/model/definition.ts';
import type { DraftFinding } from '../../../modules/questionnaires/rules/building.ts';
import { wordsIn } from '../../../modules/questionnaires/rules/definition.ts';
import type { Spot } from '../../../modules/questionnaires/rules/editing.ts';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { useText } from '../../language/text.tsx';
import { Icon } from '../../ui/icon.tsx';

export interface OutlineProps {
  readonly definition: Definition;
  readonly findings: readonly DraftFinding[];
  /** Null: the settings of the whole. */
  readonly spot: Spot | null;
  readonly onSpot: (spot: Spot | null) => void;
  readonly onMove: (spot: Spot, by: -1 | 1) => void;
  readonly onRemove: (spot: Spot) => void;
}

export function Outline({ definition, findings, spot, onSpot, onMove, onRemove }: OutlineProps) {
  const words = useQuestionnairesText();
  const text = useText();
  const isAt = (section: number, question: number | null): boolean => spot?.section === section && spot.question === question;
  const keys = (at: Spot) => (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const by = event.altKey && event.key === 'ArrowUp' ? -1 : event.altKey && event.key === 'ArrowDown' ? 1 : null;
    if (by !== null) {
      event.preventDefault();
      onMove(at, by);
    } else if (event.key === 'Delete') onRemove(at);
  };
  const wrongAt = (section: number | null, question: number | null): boolean => findings.some((finding) => finding.severity === 'hard' && finding.section === section && finding.question === question);
  return (
    <nav aria-label={words.builder.outline} className="outline">
      <p className="hint">{words.builder.outlineHint}</p>
      <button type="button" className="outline-item" aria-current={spot === null} onClick={() => onSpot(null)}><span className="grow">{words.builder.whole}</span>{wrongAt(null, null) ? <Wrong /> : null}</button>
      <ol className="outline-list">
        {definition.sections.map((section, at) => (
          <li key={String(at)}>
            <button type="button" id={idOf({ section: at, question: null })} className="outline-item outline-page" aria-current={isAt(at, null)} onClick={() => onSpot({ section: at, question: null })} onKeyDown={keys({ section: at, question: null })}>
              <span className="grow">{wordsIn(section.title, 'zh') || words.builder.page(text.format.number(at + 1))}</span>
              {wrongAt(at, null) ? <Wrong /> : null}
            </button>
            <ol className="outline-list">
              {section.questions.map((question, within) => (
                <li key={String(within)}>
                  <button type="button" id={idOf({ section: at, question: within })} className="outline-item" aria-current={isAt(at, within)} onClick={() => onSpot({ section: at, question: within })} onKeyDown={keys({ section: at, question: within })}>
                    <span className="grow">{wordsIn(question.title, 'zh') || `（${words.builder.kinds[question.kind]}）`}</span>
                    {question.when === null ? null : <Icon name="eye" size={16} />}
                    {wrongAt(at, within) ? <Wrong /> : null}
                  </button>
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Where the focus goes when a question has moved. */
export function idOf({ section, question }: Spot): string {
  return `outline-${String(section)}-${question === null ? 'page' : String(question)}`;
}

function Wrong() {
  const words = useQuestionnairesText();
  return <span className="outline-wrong"><Icon name="cross" size={16} /><span className="visually-hidden">{words.hard}</span></span>;
}
