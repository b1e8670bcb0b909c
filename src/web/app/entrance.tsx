// The way in: who is signed in, and to which seat they go first.
import { lazy, Suspense, useEffect } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { whoAmI } from '../../modules/sign-in/contract.ts';
import { useText } from '../language/text.tsx';
import { Empty, FailureNotice } from '../ui/notice.tsx';
import { Loading } from '../ui/shown.tsx';
import { lockHere, useHeld, watchForExpiry } from './held-requests.ts';
import { usePresence } from './presence.ts';
import { useRead } from './queries.ts';
import { MeProvider, useMe } from './session.tsx';

const HeldOver = lazy(() => import('../features/sign-in/held.tsx').then(({ Held: component }) => ({ default: component })));

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
  const known = me.data !== undefined;
  const locked = me.data?.standing === 'locked';
  const elsewhere = me.data?.ofEnterprise === true;
  useEffect(() => {
    // Pages of enterprises are no part of this application.
    if (elsewhere) globalThis.location.replace('/firm');
  }, [elsewhere]);
  useEffect(() => {
    if (known) watchForExpiry(true);
    if (locked) lockHere();
  }, [known, locked]);
  if (me.data === undefined && me.error !== null) {
    if (me.error.code === 'not_signed_in') return <Navigate to="/sign-in" replace state={{ to: `${location.pathname}${location.search}` }} />;
    return <main className="page"><FailureNotice failure={me.error} kept="read" onAgain={() => void me.refetch()} /></main>;
  }
  if (me.data === undefined || elsewhere) return <Loading />;
  if (me.data.standing === 'enrolling' && location.pathname !== enrolPath) return <Navigate to={enrolPath} replace />;
  return (
    <MeProvider me={me.data}>
      <Outlet />
      <Over />
    </MeProvider>
  );
}

/** Where a new account sets up what it signs in with; until then there is no other page. */
const enrolPath = '/enrol';

/** What is to be asked for over the page, and the watch over who sits at it. */
function Over() {
  const { idleMinutes, standing } = useMe();
  const held = useHeld();
  usePresence(standing === 'enrolling' ? 60 : idleMinutes);
  return held === null ? null : <Suspense fallback={null}><HeldOver key={held} why={held} /></Suspense>;
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
