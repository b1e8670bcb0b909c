// How far something is: a bar, and the same in words, told to readers of the screen now and then.
import { type ReactNode, useId } from 'react';

export function Progress({ label, done, all, children }: { readonly label: string; readonly done: number; readonly all: number; readonly children: ReactNode }) {
  const id = useId();
  return (
    <div className="stack-tight">
      <label className="visually-hidden" htmlFor={id}>{label}</label>
      <progress id={id} className="import-progress" max={Math.max(1, all)} value={done} />
      <p className="number" role="status">{children}</p>
    </div>
  );
}
