// The frame around every page of a seat: who and where at the top left, what one owes at the top, the menu, the page, notices.
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { listEditions } from '../../modules/editions/contract.ts';
import { useText } from '../language/text.tsx';
import { hasOutbox, onOutboxSign } from '../offline/outbox-sign.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Badge, Notice } from '../ui/notice.tsx';
import { Popover } from '../ui/popover.tsx';
import { Loading } from '../ui/shown.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { AccountMenu } from './account-menu.tsx';
import { DeadlineBanner } from './banner.tsx';
import { menuOf, openPagesOf, type PageName, pages, writesLedger } from './pages.ts';
import { useRead } from './queries.ts';
import { useEdition, useEnded, useMe, useSeat } from './session.tsx';
import { useShortcuts } from './shortcuts.ts';
import { useIsUpper } from './upper.ts';

const Palette = lazy(() => import('./palette.tsx').then(({ Palette: component }) => ({ default: component })));
const StandingIn = lazy(() => import('../features/people/standing-in.tsx').then(({ StandingIn: component }) => ({ default: component })));
const OutboxBadge = lazy(() => import('../features/visits/outbox-badge.tsx').then(({ OutboxBadge: component }) => ({ default: component })));
const OutboxNotices = lazy(() => import('../features/visits/outbox-badge.tsx').then(({ OutboxNotices: component }) => ({ default: component })));
const ShortcutList = lazy(() => import('./shortcut-list.tsx').then(({ ShortcutList: component }) => ({ default: component })));

export function Frame() {
  const text = useText();
  const me = useMe();
  const seat = useSeat();
  const upper = useIsUpper();
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null);
  const navigate = useNavigate();
  const laden = useSyncExternalStore(onOutboxSign, hasOutbox);
  useShortcuts({
    palette: () => setOpen('palette'),
    list: () => setOpen('shortcuts'),
    newEntry: () => (writesLedger(seat.roles) ? void navigate(`${seat.base}/ledger/new`) : undefined),
  });
  useFocusOnNewPage();
  const menu = menuOf(seat.roles, upper);
  return (
    <div className="frame">
      <a className="skip" href="#main">{text.shell.skip}</a>
      <header className="top">
        {me.readOnly ? <p className="read-only" role="status"><Icon name="lock" size={18} /> <strong>{text.shell.readOnly}</strong> <span>{text.shell.readOnlyLine}</span></p> : null}
        {me.demonstration ? <p className="demonstration"><strong>{text.shell.demonstration}</strong> <span className="demonstration-words">{text.shell.demonstrationLine}</span></p> : null}
        <div className="top-line">
          <div className="place">
            <span className="product">{text.shell.product}</span>
            <SeatSwitch />
            <EditionSwitch />
          </div>
          <div className="top-tools">
            {laden ? <Suspense fallback={null}><OutboxBadge /></Suspense> : null}
            <Button kind="quiet" icon="search" onClick={() => setOpen('palette')} className="palette-button" aria-keyshortcuts="Control+K">
              <span className="palette-words">{text.shell.palette.open}</span> <kbd aria-hidden="true">Ctrl K</kbd>
            </Button>
            <AccountMenu pages={openPagesOf(seat.roles, upper)} onShortcuts={() => setOpen('shortcuts')} />
          </div>
        </div>
        {me.standingInFor === null ? null : <Suspense fallback={null}><StandingIn /></Suspense>}
        <DeadlineBanner />
      </header>
      <Menu pages={menu} />
      <main id="main" className="page" tabIndex={-1}>
        <Offline />
        {laden ? <Suspense fallback={null}><OutboxNotices /></Suspense> : null}
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      {writesLedger(seat.roles) ? <NewEntry /> : null}
      <footer className="foot">{text.shell.secrecy}</footer>
      <Toasts />
      <Suspense fallback={null}>
        {open === 'palette' ? <Palette onClose={() => setOpen(null)} /> : null}
        {open === 'shortcuts' ? <ShortcutList onClose={() => setOpen(null)} /> : null}
      </Suspense>
    </div>
  );
}

/** 「记一条」, at the bottom right wherever one is, but not over the form itself, nor over the decisions of a review. */
function NewEntry() {
  const text = useText();
  const seat = useSeat();
  const { pathname } = useLocation();
  const ended = useEnded();
  if (ended || /\/(?:ledger\/(?:new|batch|import|[^/]+\/edit)|visits(?:\/.*)?|outbox|review|form-reading|report|package)$/.test(pathname)) return null;
  return <LinkButton className="new-entry" kind="primary" icon="add" to={`${seat.base}/ledger/new`} aria-keyshortcuts="N">{text.shell.pages.newEntry}</LinkButton>;
}

function Menu({ pages: shown }: { readonly pages: readonly PageName[] }) {
  const text = useText();
  const seat = useSeat();
  return (
    <nav className="menu" aria-label={text.shell.menu}>
      <ul>
        {shown.map((page) => (
          <li key={page}>
            <NavLink to={`${seat.base}${pages[page].path}`} end={page === 'home'} className="menu-item">
              <Icon name={pages[page].icon} />
              <span>{text.shell.pages[page]}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SeatSwitch() {
  const text = useText();
  const me = useMe();
  const seat = useSeat();
  const roles = seat.roles.map((role) => text.shell.roles[role]).join('、');
  const shown = `${seat.unitShortName} · ${roles}`;
  const seats = [...new Map(me.account.grants.map((grant) => [grant.unitCode, grant])).values()];
  if (seats.length < 2) return <span className="seat"><strong>{seat.unitShortName}</strong> · {roles}</span>;
  return (
    <Popover label={text.shell.switchUnit} shown={shown} align="start">
      {(close) => (
        <ul className="stack-tight">
          {seats.map((grant) => (
            <li key={grant.unitCode}>
              <NavLink to={`/${seat.edition}/${grant.unitCode}`} className="menu-item" onClick={close}>{grant.unitName}</NavLink>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}

function EditionSwitch() {
  const text = useText();
  const seat = useSeat();
  const editions = useRead(listEditions, {}, { fresh: 300_000 });
  const all = editions.data?.editions ?? [];
  const current = all.find(({ code }) => code === seat.edition);
  const loaded = useEdition(seat.unitCode);
  const ordinal = loaded.data === undefined ? (current?.ordinal ?? seat.edition) : loaded.data.definition.ordinal[text.code];
  const unofficial = current !== undefined && !current.official ? <Badge tone="warn" icon="alert">{text.shell.unofficial}</Badge> : null;
  if (all.length < 2) return <span className="seat-edition">{text.shell.edition(ordinal)} {unofficial}</span>;
  return (
    <>
      <Popover label={text.shell.switchEdition} shown={text.shell.edition(ordinal)} align="start">
        {(close) => (
          <ul className="stack-tight">
            {all.map(({ code, ordinal: name, theme }) => (
              <li key={code}><NavLink to={`/${code}/${seat.unitCode}`} className="menu-item" onClick={close}>{name} {theme}</NavLink></li>
            ))}
          </ul>
        )}
      </Popover>
      {unofficial}
    </>
  );
}

/** Says that the line is gone, and when it is back. Moves nothing: it stands where notices of a page stand. */
function Offline() {
  const text = useText();
  const { pathname } = useLocation();
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const tell = (): void => setOnline(navigator.onLine);
    addEventListener('online', tell);
    addEventListener('offline', tell);
    return () => {
      removeEventListener('online', tell);
      removeEventListener('offline', tell);
    };
  }, []);
  return <div role="status" className="offline">{online ? null : <Notice tone="warn"><p>{/\/(?:visits|outbox)(?:\/|$)/.test(pathname) ? text.shell.offlineVisits : text.shell.offline}</p></Notice>}</div>;
}

/** A new page begins at its heading, for the eye and for readers of the screen; the title of the window follows it. */
function useFocusOnNewPage(): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [pathname]);
}
