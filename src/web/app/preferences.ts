// How a person likes to see the application: language, 大字, 高对比, density, single-key shortcuts. Kept in this browser only.
import { useSyncExternalStore } from 'react';

export interface Preferences {
  readonly language: 'zh' | 'en';
  readonly largeText: boolean;
  readonly highContrast: boolean;
  readonly compact: boolean;
  readonly singleKeys: boolean;
}

const key = 'fuwuyue.preferences';
const initial: Preferences = { language: 'zh', largeText: false, highContrast: false, compact: false, singleKeys: true };
const listeners = new Set<() => void>();
let current = stored();

function stored(): Preferences {
  try {
    return { ...initial, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>) };
  } catch {
    return initial;
  }
}

/** Writes the modes as attributes of <html>, which the tokens follow. */
export function showPreferences(): void {
  const { dataset } = document.documentElement;
  dataset['size'] = current.largeText ? 'large' : 'standard';
  dataset['contrast'] = current.highContrast ? 'high' : 'standard';
  dataset['density'] = current.compact ? 'compact' : 'comfortable';
}

export function setPreference(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing still shows the mode until the page is closed.
  }
  showPreferences();
  for (const listener of listeners) listener();
}

export function preferences(): Preferences {
  return current;
}

export function usePreferences(): Preferences {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => current);
}
