// The entry opened beside a list: `?entry=ID`. Opening is a step of the browser's history, so that back closes it.
import { useCallback, useEffect, useRef } from 'react';
import { type To, useLocation, useNavigate, useSearchParams } from 'react-router';

export interface OpenedEntry {
  readonly id: string | null;
  /** Where the link of a line leads, and how: another entry takes the place of the opened one. */
  readonly hrefOf: (id: string) => { readonly to: To; readonly replace: boolean; readonly state: unknown; readonly preventScrollReset: true };
  readonly close: () => void;
}

export function useOpenedEntry(): OpenedEntry {
  const [parameters, setParameters] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const id = parameters.get('entry');
  const openedHere = (location.state as { readonly opened?: boolean } | null)?.opened === true;
  useReturnToLine(id);
  const close = useCallback((): void => {
    if (openedHere) {
      void navigate(-1);
      return;
    }
    setParameters((before) => {
      const next = new URLSearchParams(before);
      next.delete('entry');
      return next;
    }, { replace: true, preventScrollReset: true });
  }, [openedHere, navigate, setParameters]);
  const hrefOf = (wanted: string): ReturnType<OpenedEntry['hrefOf']> => {
    const next = new URLSearchParams(parameters);
    next.set('entry', wanted);
    return { to: { search: next.toString() }, replace: id !== null, state: id === null ? { opened: true } : (location.state as unknown), preventScrollReset: true };
  };
  return { id, hrefOf, close };
}

/** The id of a line's title link. */
export function lineId(entry: string): string {
  return `line-${entry}`;
}

/** A drawer that closes gives the focus back to its line, also when the address opened it. */
function useReturnToLine(id: string | null): void {
  const before = useRef(id);
  useEffect(() => {
    if (before.current !== null && id === null) document.getElementById(lineId(before.current))?.focus({ preventScroll: true });
    before.current = id;
  }, [id]);
}
