// How a questionnaire stands, as word, icon and colour.
import type { ReactNode } from 'react';
import type { QuestionnaireState, QuestionnaireSummary } from '../../../modules/questionnaires/model/building.ts';
import type { QuestionnairesText } from '../../language/questionnaires.ts';
import type { IconName } from '../../ui/icon.tsx';
import { Badge, type Tone } from '../../ui/notice.tsx';

const looks: { readonly [S in QuestionnaireState]: { readonly tone: Tone; readonly icon: IconName } } = {
  draft: { tone: 'neutral', icon: 'pencil' }, open: { tone: 'ok', icon: 'check' }, closed: { tone: 'neutral', icon: 'lock' }, binned: { tone: 'warn', icon: 'trash' },
};

export function stateBadge({ state, changed, published, demonstration }: QuestionnaireSummary, words: QuestionnairesText): ReactNode {
  return (
    <>
      <Badge {...looks[state]}>{words.states[state]}</Badge>
      {published > 0 ? <Badge>{words.version(String(published))}</Badge> : null}
      {published > 0 && changed ? <Badge tone="warn" icon="pencil">{words.changed}</Badge> : null}
      {demonstration ? <Badge tone="warn" icon="alert">{words.demonstration}</Badge> : null}
    </>
  );
}
