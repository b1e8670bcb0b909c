// The heading of a step. A step takes the place of the one before: who works with keyboard or ear is brought to where it begins.
import { type ReactNode, useEffect, useRef } from 'react';

export function StepHeading({ children }: { readonly children: ReactNode }) {
  const own = useRef<HTMLHeadingElement>(null);
  useEffect(() => own.current?.focus(), []);
  return <h2 ref={own} tabIndex={-1} className="import-heading">{children}</h2>;
}
