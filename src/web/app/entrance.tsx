// The way in: who is signed in, and to which seat they go first.
import { lazy, Suspense, useEffect } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { whoAmI } from '../../modules/sign-in/contract.ts';
import { useText } from '../language/text.tsx';
import { Empty, FailureNotice } from '../ui/notice.tsx';
import { Loading } from '../ui/shown.tsx';
import { useExpired, watchForExpiry } from './expired-session.ts';
import { useRead } from './queries.ts';
import { MeProvider, useMe } from './session.tsx';

const SignInAgain = lazy(() => import('../features/people/sign-in-again.tsx').then(({ SignInAgain: component }) => ({ default: component })));

export function Root() {
  return (
    <Suspense fallback={<Loading />}>
      <Outlet />
    </Suspense>
  );
}

const lastSeatKey = 'fuwuyue.seat';

/** Remembers where one sat, so that the next visit begins there. */
export function rememberSeat(path: string): void {
  try {
    localStorage.setItem(lastSeatKey, path);
  } catch {
    // Nothing depends on it.
  }
}

function lastSeat(): string | null {
  try {
    return localStorage.getItem(lastSeatKey);
  } catch {
    return null;
  }
}

/** Pages behind the sign-in. Without a session one signs in first and comes back to where one wanted to go. */
export function SignedIn() {
  const me = useRead(whoAmI, {}, { fresh: 60_000 });
  const location = useLocation();
  const expired = useExpired();
  const known = me.data !== undefined;
  useEffect(() => {
    if (known) watchForExpiry(true);
  }, [known]);
  if (me.data === undefined && me.error !== null) {
    if (me.error.code === 'not_signed_in') return <Navigate to="/sign-in" replace state={{ to: `${location.pathname}${location.search}` }} />;
    return <main className="page"><FailureNotice failure={me.error} kept="read" onAgain={() => void me.refetch()} /></main>;
  }
  if (me.data === undefined) return <Loading />;
  return (
    <MeProvider me={me.data}>
      <Outlet />
      {expired ? <Suspense fallback={null}><SignInAgain /></Suspense> : null}
    </MeProvider>
  );
}

/** From `/` to a seat: the last one, else the first the person holds. */
export function Entrance() {
  const me = useMe();
  const text = useText();
  if (me.currentEdition === null) return <main className="page"><h1>{text.shell.noEdition.title}</h1><Empty>{text.shell.noEdition.text}</Empty></main>;
  const first = me.account.grants[0];
  if (first === undefined) return <main className="page"><h1>{text.shell.noUnit.title}</h1><Empty>{text.shell.noUnit.text}</Empty></main>;
  const last = lastSeat();
  const stillHeld = last !== null && me.account.grants.some(({ unitCode }) => last.endsWith(`/${unitCode}`));
  return <Navigate to={stillHeld ? last : `/${me.currentEdition}/${first.unitCode}`} replace />;
}
