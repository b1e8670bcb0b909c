// The search form of the register: asked when 查询 is pressed, as back offices have it.
import { useState } from 'react';
import { targetTag } from '../../../modules/enterprises/model.ts';
import { useEnterprisesText } from '../../language/enterprises.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { everyone, type RegisterFilter, registerParametersOf } from './register-filter.ts';

export function RegisterSearch({ filter, onFilter }: { readonly filter: RegisterFilter; readonly onFilter: (filter: RegisterFilter) => void }) {
  const { tags, register: words } = useEnterprisesText();
  const [typed, setTyped] = useState(filter);
  const [shown, setShown] = useState(filter);
  // The address changed: by this form, or by going back.
  if (registerParametersOf(shown).toString() !== registerParametersOf(filter).toString()) {
    setShown(filter);
    setTyped(filter);
  }
  const change = (part: Partial<RegisterFilter>): void => setTyped({ ...typed, ...part });
  const choices = (names: { readonly yes: string; readonly no: string }) => (['yes', 'no'] as const).map((value) => ({ value, label: names[value] }));
  const choiceOf = (value: string): 'all' | 'yes' | 'no' => (value === 'yes' || value === 'no' ? value : 'all');
  return (
    <Form
      className="panel register-search"
      role="search"
      aria-label={words.search}
      onSubmit={() => onFilter(typed)}
      onKeyDown={(event) => {
        // The Enter that ends a composition belongs to the input method.
        if (event.key === 'Enter' && event.nativeEvent.isComposing) event.preventDefault();
      }}
    >
      <div className="register-search-query"><TextField label={words.query} value={typed.query} maxLength={60} onValue={(query) => change({ query })} /></div>
      <SelectField label={words.tag} value={typed.tag} empty={words.anyTag} options={targetTag.options.map((tag) => ({ value: tag, label: tags[tag] }))} onValue={(tag) => change({ tag: targetTag.options.find((one) => one === tag) ?? '' })} />
      <SelectField label={words.target} value={typed.target === 'all' ? '' : typed.target} empty={words.targets.all} options={choices(words.targets)} onValue={(value) => change({ target: choiceOf(value) })} />
      <SelectField label={words.served} value={typed.served === 'all' ? '' : typed.served} empty={words.services.all} options={choices(words.services)} onValue={(value) => change({ served: choiceOf(value) })} />
      <div className="row-tight register-search-acts">
        <Button type="submit" kind="primary" icon="search">{words.find}</Button>
        <Button
          icon="undo"
          onClick={() => {
            setTyped(everyone);
            onFilter(everyone);
          }}
        >
          {words.reset}
        </Button>
      </div>
    </Form>
  );
}
