// A form of our own fields, which say themselves what is missing: the browser neither checks nor sends it.
import type { FormHTMLAttributes } from 'react';

export type FormProps = Omit<FormHTMLAttributes<HTMLFormElement>, 'onSubmit' | 'noValidate'> & {
  readonly onSubmit: () => void | Promise<void>;
};

export function Form({ onSubmit, ...own }: FormProps) {
  return (
    <form
      {...own}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    />
  );
}
