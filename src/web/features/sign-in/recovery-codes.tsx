// Recovery codes: shown once, to be printed or copied by hand.
import { createPortal } from 'react-dom';
import { useSignInText } from '../../language/sign-in.ts';
import { Button } from '../../ui/button.tsx';
import './sign-in.css';

export function RecoveryCodes({ codes, name }: { readonly codes: readonly string[]; readonly name: string }) {
  const words = useSignInText().enrol;
  const print = (): void => {
    document.body.classList.add('printing-codes');
    window.print();
    document.body.classList.remove('printing-codes');
  };
  const list = <ul className="recovery-codes">{codes.map((code) => <li key={code}>{code}</li>)}</ul>;
  return (
    <>
      {list}
      <div><Button icon="document" onClick={print}>{words.print}</Button></div>
      {createPortal(<section className="codes-sheet"><h1>{words.codesPrintTitle(name)}</h1><p>{words.codesText}</p>{list}</section>, document.body)}
    </>
  );
}
