// A one-time link. The token stands behind the # and so never reaches a log; a press uses it, so that a preview does not.
import { useEffect, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { redeemSignInLink } from '../../../modules/sign-in/contract.ts';
import { queryClient, useCommand } from '../../app/queries.ts';
import { usePeopleText } from '../../language/people.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Gate } from './gate.tsx';

export function LinkPage() {
  const text = useText();
  const words = usePeopleText().link;
  const navigate = useNavigate();
  const { hash } = useLocation();
  const [token] = useState(hash.slice(1));
  const command = useCommand(redeemSignInLink);
  useEffect(() => {
    // The token leaves the address bar and the history at once.
    history.replaceState(history.state, '', location.pathname);
  }, []);
  const use = async (): Promise<void> => {
    const account = await command.run({ token });
    if (account === null) return;
    queryClient.clear();
    void navigate('/', { replace: true });
  };
  const failure = command.failure === null ? null : text.problems.sentence(command.failure.code, command.failure.details);
  return (
    <Gate title={words.title}>
      {failure === null ? null : <div role="alert"><Notice tone="error"><p>{failure.what}{failure.next}</p></Notice></div>}
      {token === '' ? <Notice tone="warn"><p>{words.missing}</p></Notice> : (
        <>
          <p>{words.intro}</p>
          <div><Button kind="primary" busy={command.busy} onClick={() => void use()}>{words.use}</Button></div>
        </>
      )}
      <p><Link to="/sign-in">{words.toSignIn}</Link></p>
    </Gate>
  );
}
