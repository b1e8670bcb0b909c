// Words of one subject, loaded with the pages that need them; English only when chosen.
import { useEffect, useState } from 'react';
import { usePreferences } from '../app/preferences.ts';

/** A hook that gives a subject's words in the chosen language. While English is on its way the Chinese words stand. */
export function wordsHook<T>(zh: T, loadEnglish: () => Promise<T>): () => T {
  let english: T | null = null;
  return () => {
    const { language } = usePreferences();
    const [, setLoaded] = useState(english !== null);
    useEffect(() => {
      if (language !== 'en' || english !== null) return;
      let current = true;
      void loadEnglish().then((words) => {
        english = words;
        if (current) setLoaded(true);
      });
      return () => {
        current = false;
      };
    }, [language]);
    return language === 'en' && english !== null ? english : zh;
  };
}
