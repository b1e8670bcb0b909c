// A form of our own fields, which say themselves what is missing: the browser neither checks nor sends it.
import type { FormHTMLAttributes } from 'react';

export type FormProps = Omit<FormHTMLAttributes<HTMLFormElement>, 'onSubmit' | 'noValidate'> & {
  readonly onSubmit: () => void | Promise<void>;
};

export function Form({ onSubmit, onKeyDown, ...own }: FormProps) {
  return (
    <form
      {...own}
      noValidate
      onKeyDown={(event) => {
        // The Enter that ends a composition belongs to the input method.
        if (event.key === 'Enter' && event.nativeEvent.isComposing) event.preventDefault();
        onKeyDown?.(event);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    />
  );
}
