// Every word of the site, by language and subject. Chinese is complete and the measure; English is complete beside it.
import { frame as frameEnglish } from './en/frame.ts';
import { frame } from './zh/frame.ts';

export interface SiteWords {
  readonly frame: typeof frame;
}

export const siteWords: { readonly zh: SiteWords; readonly en: SiteWords } = {
  zh: { frame },
  en: { frame: frameEnglish },
};
