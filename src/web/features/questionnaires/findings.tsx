// What is wrong with the draft as it stands, each leading to its place.
import type { DraftFinding } from '../../../modules/questionnaires/rules/building.ts';
import type { Spot } from '../../../modules/questionnaires/rules/editing.ts';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { Badge } from '../../ui/notice.tsx';
import { useLanguageName } from './words-field.tsx';

export function Findings({ findings, onSpot }: { readonly findings: readonly DraftFinding[]; readonly onSpot: (spot: Spot | null) => void }) {
  const words = useQuestionnairesText();
  const nameOf = useLanguageName();
  return (
    <section className="stack-tight" aria-label={words.findingsTitle}>
      <h2>{words.findingsTitle}</h2>
      {findings.length === 0 ? <p>{words.sound}</p> : (
        <ul className="findings-list">
          {findings.map(({ rule, severity, section, question, about }, index) => (
            <li key={`${rule} ${String(index)}`}>
              <Badge tone={severity === 'hard' ? 'error' : 'warn'} icon={severity === 'hard' ? 'cross' : 'alert'}>{words[severity]}</Badge>
              <button type="button" className="finding-go" onClick={() => onSpot(section === null ? null : { section, question })}>
                {words.findings[rule](about === null ? '' : rule === 'translation_missing' ? nameOf(about) : about)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
