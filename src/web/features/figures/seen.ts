// Tells once when an element has come into sight: what is heavy waits for it.
import { type RefObject, useEffect, useState } from 'react';

export function useSeen(own: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = own.current;
    if (element === null || seen) return;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    }, { rootMargin: '100px' });
    watch.observe(element);
    return () => watch.disconnect();
  }, [own, seen]);
  return seen;
}
