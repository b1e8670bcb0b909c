// The chosen language, for every component: `const text = useText()`. English comes as a file of its own.
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Bilingual } from '../../modules/editions/model.ts';
import { usePreferences } from '../app/preferences.ts';
import { type Text, zh } from './zh.ts';

export type { Text } from './zh.ts';

const TextContext = createContext<Text>(zh);

export function useText(): Text {
  return useContext(TextContext);
}

/** Words of an edition in the chosen language. */
export function wordsOf(text: Text, words: Bilingual): string {
  return words[text.code];
}

export function TextProvider({ children }: { readonly children: ReactNode }) {
  const { language } = usePreferences();
  const [text, setText] = useState<Text>(zh);
  useEffect(() => {
    let current = true;
    document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
    if (language === 'zh') setText(zh);
    else void import('./en.ts').then(({ en }) => (current ? setText(en) : undefined));
    return () => {
      current = false;
    };
  }, [language]);
  return <TextContext value={text}>{children}</TextContext>;
}
