// What holds for the whole questionnaire, and for one page of it.
import { useState } from 'react';
import type { Definition } from '../../../modules/questionnaires/model/definition.ts';
import { changeSection } from '../../../modules/questionnaires/rules/editing.ts';
import { questionsOf } from '../../../modules/questionnaires/rules/definition.ts';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import { useLanguageName, WordsField } from './words-field.tsx';

interface Props {
  readonly definition: Definition;
  readonly onDefinition: (definition: Definition, field?: string) => void;
}

export function SettingsEditor({ definition, onDefinition }: Props) {
  const words = useQuestionnairesText();
  const { languages } = definition;
  return (
    <div className="stack">
      <WordsField label={words.builder.titleOf} words={definition.title} languages={languages} most={120} onWords={(title, language) => onDefinition({ ...definition, title }, `title.${language}`)} />
      <WordsField label={words.builder.introduction} long words={definition.introduction} languages={languages} most={2000} onWords={(introduction, language) => onDefinition({ ...definition, introduction }, `introduction.${language}`)} />
      <WordsField label={words.builder.thanks} long words={definition.thanks} languages={languages} most={600} onWords={(thanks, language) => onDefinition({ ...definition, thanks }, `thanks.${language}`)} />
      <CheckField label={words.builder.anonymous} hint={words.builder.anonymousHint} checked={definition.anonymous} onChecked={(anonymous) => onDefinition({ ...definition, anonymous })} />
      <Languages definition={definition} onDefinition={onDefinition} />
    </div>
  );
}

function Languages({ definition, onDefinition }: Props) {
  const words = useQuestionnairesText();
  const nameOf = useLanguageName();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const add = (): void => {
    const code = typed.trim().toLowerCase();
    if (!/^[a-z]{2,3}$/.test(code)) {
      setWrong(true);
      return;
    }
    setTyped('');
    if (!definition.languages.includes(code) && definition.languages.length < 8) onDefinition({ ...definition, languages: [...definition.languages, code] });
  };
  return (
    <section className="stack-tight">
      <h3>{words.builder.languages}</h3>
      <p className="hint">{words.builder.languagesHint}</p>
      <ul className="row-tight languages">
        {definition.languages.map((code) => (
          <li key={code} className="row-tight">
            <span>{nameOf(code)}</span>
            {code === 'zh' ? null : <Button kind="quiet" icon="close" iconOnly onClick={() => onDefinition({ ...definition, languages: definition.languages.filter((one) => one !== code) })}>{words.builder.removeLanguage(nameOf(code))}</Button>}
          </li>
        ))}
      </ul>
      <Form onSubmit={add} className="row">
        <TextField label={words.builder.languageCode} value={typed} maxLength={3} error={wrong ? words.builder.languageBad : null} onValue={(value) => { setTyped(value); setWrong(false); }} />
        <Button type="submit" icon="add">{words.builder.addLanguage}</Button>
      </Form>
    </section>
  );
}

export function SectionEditor({ definition, at, onDefinition }: Props & { readonly at: number }) {
  const words = useQuestionnairesText();
  const section = definition.sections[at];
  if (section === undefined) return null;
  const earlier = questionsOf({ sections: definition.sections.slice(0, at) }).map(({ question }) => question);
  return (
    <div className="stack">
      <WordsField label={words.builder.pageTitle} words={section.title} languages={definition.languages} most={200} onWords={(title, language) => onDefinition(changeSection(definition, at, { title }), `${section.code}.${language}`)} />
      <section className="stack-tight">
        <h3>{words.condition.when}</h3>
        <ConditionEditor condition={section.when} questions={earlier} onCondition={(when) => onDefinition(changeSection(definition, at, { when }))} empty={words.condition.always} add={words.condition.add} />
      </section>
    </div>
  );
}
