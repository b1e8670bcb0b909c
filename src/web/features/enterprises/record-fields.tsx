// The fields of what a unit writes down of an enterprise.
import { type RecordContent, type TargetTag, targetTag } from '../../../modules/enterprises/model.ts';
import { type Failure, issuesOf } from '../../app/failure.ts';
import { useEnterprisesText } from '../../language/enterprises.ts';
import { useText } from '../../language/text.tsx';
import { CheckField, TextArea, TextField } from '../../ui/field.tsx';

export const nothingKnown: RecordContent = { tags: [], industry: '', address: '', note: '' };

/** What the server found wrong with a field of a form. */
export function useFieldError(failure: Failure | null): (path: string) => string | null {
  const text = useText();
  return (path) => {
    const found = issuesOf(failure).find((one) => one.path === path);
    return found === undefined ? null : text.problems.issue(found.rule, found);
  };
}

export interface RecordFieldsProps {
  readonly content: RecordContent;
  readonly onContent: (content: RecordContent) => void;
  readonly failure: Failure | null;
}

export function RecordFields({ content, onContent, failure }: RecordFieldsProps) {
  const { tags, one: words } = useEnterprisesText();
  const error = useFieldError(failure);
  const change = (part: Partial<RecordContent>): void => onContent({ ...content, ...part });
  const tagged = (tag: TargetTag, on: boolean): void => change({ tags: targetTag.options.filter((other) => (other === tag ? on : content.tags.includes(other))) });
  return (
    <>
      <fieldset className="enterprise-tags">
        <legend className="field-label">{words.tags}</legend>
        {targetTag.options.map((tag) => <CheckField key={tag} label={tags[tag]} checked={content.tags.includes(tag)} onChecked={(on) => tagged(tag, on)} />)}
      </fieldset>
      <TextField label={words.industry} optional error={error('content.industry')} value={content.industry} maxLength={60} onValue={(industry) => change({ industry })} />
      <TextField label={words.address} optional error={error('content.address')} value={content.address} maxLength={120} onValue={(address) => change({ address })} />
      <TextArea label={words.note} optional error={error('content.note')} value={content.note} maxLength={500} onValue={(note) => change({ note })} />
    </>
  );
}
