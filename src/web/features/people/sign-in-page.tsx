// Signing in with a password. Afterwards one is where one wanted to go.
import { Link, useLocation, useNavigate } from 'react-router';
import { getInstallation } from '../../../modules/sign-in/contract.ts';
import { queryClient, useRead } from '../../app/queries.ts';
import { usePeopleText } from '../../language/people.ts';
import { SignInWays } from '../sign-in/sign-in-ways.tsx';
import { Gate } from './gate.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage() {
  const words = usePeopleText().signIn;
  const navigate = useNavigate();
  const location = useLocation();
  const installation = useRead(getInstallation, {});
  const to = wantedPath(location.state);
  const goOn = (): void => {
    queryClient.clear();
    void navigate(to, { replace: true });
  };
  return (
    <Gate title={words.title}>
      <SignInForm onDone={goOn} ways={<SignInWays to={to} onDone={goOn} />} />
      <p className="hint">{installation.data?.demonstration === true ? words.demonstration : words.noPassword}</p>
      <p><Link to="/verify">{words.verify}</Link></p>
    </Gate>
  );
}

/** Where somebody was sent here from; only paths of this application. */
function wantedPath(state: unknown): string {
  if (typeof state !== 'object' || state === null || !('to' in state) || typeof state.to !== 'string') return '/';
  return state.to.startsWith('/') && !state.to.startsWith('//') ? state.to : '/';
}
