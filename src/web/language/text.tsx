// The chosen language, for every component: `const text = useText()`. English comes as a file of its own.
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import type { Bilingual } from '../../modules/editions/model.ts';
import { usePreferences } from '../app/preferences.ts';
import { wordsHook } from './words.ts';
import { type Text, zh } from './zh.ts';

export type { Text } from './zh.ts';

const TextContext = createContext<Text>(zh);
const useCoreText = wordsHook(zh, () => import('./en.ts').then(({ en }) => en));

export function useText(): Text {
  return useContext(TextContext);
}

/** Words of an edition in the chosen language. */
export function wordsOf(text: Pick<Text, 'code'>, words: Bilingual): string {
  return words[text.code];
}

export function TextProvider({ children }: { readonly children: ReactNode }) {
  const { language } = usePreferences();
  const text = useCoreText();
  useEffect(() => {
    document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
  }, [language]);
  return <TextContext value={text}>{children}</TextContext>;
}
