// One text in all languages of the questionnaire, side by side; what is missing says so.
import { wordsIn } from '../../../modules/questionnaires/rules/definition.ts';
import type { Words } from '../../../modules/questionnaires/model/definition.ts';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { TextArea, TextField } from '../../ui/field.tsx';

export interface WordsFieldProps {
  readonly label: string;
  readonly words: Words;
  readonly languages: readonly string[];
  readonly onWords: (words: Words, language: string) => void;
  readonly long?: boolean;
  readonly hiddenLabel?: boolean;
  readonly most: number;
  readonly id?: string;
}

export function useLanguageName(): (code: string) => string {
  const words = useQuestionnairesText();
  return (code) => words.builder.languageName[code] ?? code;
}

export function WordsField({ label, words, languages, onWords, long = false, hiddenLabel = false, most, id }: WordsFieldProps) {
  const text = useQuestionnairesText();
  const nameOf = useLanguageName();
  const filled = wordsIn(words, 'zh').trim() !== '';
  return (
    <div className={languages.length > 1 ? 'words-side' : 'stack-tight'}>
      {languages.map((language) => {
        const value = words[language] ?? '';
        const missing = language !== 'zh' && filled && value.trim() === '';
        const own = {
          label: languages.length > 1 ? `${label}（${nameOf(language)}）` : label, hiddenLabel, value, maxLength: most, lang: language === 'zh' ? 'zh-CN' : language,
          onValue: (next: string) => onWords({ ...words, [language]: next }, language), ...(missing ? { hint: text.builder.missing(nameOf(language)) } : {}), ...(id === undefined || language !== 'zh' ? {} : { id }),
        };
        return long ? <TextArea key={language} rows={2} {...own} /> : <TextField key={language} {...own} />;
      })}
    </div>
  );
}
