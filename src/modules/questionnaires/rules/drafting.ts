// Which acts a state allows, and what a new draft is.
import type { QuestionnaireAct, QuestionnaireState } from '../model/building.ts';
import type { Definition } from '../model/definition.ts';

/** Whatever is answered is ended before it goes into the bin. */
export function actsIn(state: QuestionnaireState, changed: boolean): readonly QuestionnaireAct[] {
  switch (state) {
    case 'draft':
      return ['save', 'publish', 'remove'];
    case 'open':
      return changed ? ['save', 'publish', 'close'] : ['save', 'close'];
    case 'closed':
      return ['open_again', 'remove'];
    case 'binned':
      return ['restore'];
  }
}

export const emptyQuestionnaire: Definition = {
  title: { zh: '' }, introduction: { zh: '' }, thanks: { zh: '感谢您的参与。' }, anonymous: true, languages: ['zh'],
  sections: [{ code: 's1', title: { zh: '' }, when: null, questions: [] }],
};
