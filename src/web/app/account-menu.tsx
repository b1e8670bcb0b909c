// 「我的账号」: who one is, how things are shown, pages beside the menu, signing out.
import { lazy, Suspense } from 'react';
import { NavLink } from 'react-router';
import { lockSession, signOut } from '../../modules/sign-in/contract.ts';
import { useSignInText } from '../language/sign-in.ts';
import { useText } from '../language/text.tsx';
import { isForTheRoad } from '../offline/outbox-sign.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { lockHere, watchForExpiry } from './held-requests.ts';
import { type PageName, pages } from './pages.ts';
import { type Preferences, setPreference, usePreferences } from './preferences.ts';
import { useCommand } from './queries.ts';
import { useMe, useSeat } from './session.tsx';

const StandInMenu = lazy(() => import('../features/people/standing-in.tsx').then(({ StandInMenu: component }) => ({ default: component })));

export function AccountMenu({ pages: open, onShortcuts }: { readonly pages: readonly PageName[]; readonly onShortcuts: () => void }) {
  const text = useText();
  const me = useMe();
  const seat = useSeat();
  const words = useSignInText();
  const out = useCommand(signOut);
  const lock = useCommand(lockSession);
  const lockNow = (): void => {
    lockHere(true);
    void lock.run({});
  };
  const leave = (): void => {
    watchForExpiry(false);
    // What was kept for the road goes; what waits to be sent stays.
    const forgotten = isForTheRoad() ? import('../offline/kept-answers.ts').then(({ forgetKeptAnswers }) => forgetKeptAnswers()).catch(() => undefined) : null;
    void Promise.all([out.run({}), forgotten]).then(() => location.assign('/sign-in'));
  };
  return (
    <Popover label={text.shell.account} icon="user" shown={me.account.displayName}>
      {(close) => (
        <div className="stack-tight">
          <p className="hint account-name">{me.account.displayName}（{me.account.signInName}）</p>
          <Suspense fallback={null}><StandInMenu onDone={close} /></Suspense>
          <ul>
            {open.map((page) => (
              <li key={page}><NavLink className="menu-item" to={`${seat.base}${pages[page].path}`} end={page === 'home'} onClick={close}>{text.shell.pages[page]}</NavLink></li>
            ))}
            <li><NavLink className="menu-item" to={`${seat.base}/rights`} onClick={close}>{text.shell.pages.rights}</NavLink></li>
            <li><NavLink className="menu-item" to={`${seat.base}/security`} onClick={close}>{words.security.title}</NavLink></li>
            <li><NavLink className="menu-item" to={`${seat.base}/substitutes`} onClick={close}>{text.shell.pages.substitutes}</NavLink></li>
            <li><NavLink className="menu-item" to={`${seat.base}/password`} onClick={close}>{text.shell.pages.password}</NavLink></li>
          </ul>
          <hr />
          <Display />
          <Button kind="quiet" icon="keyboard" onClick={() => { close(); onShortcuts(); }}>{text.shell.shortcuts.title}</Button>
          <Button kind="quiet" icon="lock" onClick={() => { close(); lockNow(); }}>{words.lock.lockNow}</Button>
          <Button kind="quiet" icon="arrow_right" busy={out.busy} onClick={leave}>{text.shell.signOut}</Button>
        </div>
      )}
    </Popover>
  );
}

const switches = ['largeText', 'highContrast', 'compact', 'singleKeys'] as const satisfies readonly (keyof Preferences)[];

/** Switches of how things are shown; also on the pages before signing in. */
export function Display() {
  const text = useText();
  const preferences = usePreferences();
  return (
    <fieldset className="stack-tight">
      <legend className="visually-hidden">{text.shell.settings}</legend>
      {switches.map((name) => (
        <label key={name} className="check">
          <input type="checkbox" checked={preferences[name]} onChange={(event) => setPreference({ [name]: event.target.checked })} />
          <span>{text.shell[name]}</span>
        </label>
      ))}
      <Button kind="quiet" lang={preferences.language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setPreference({ language: preferences.language === 'zh' ? 'en' : 'zh' })}>{text.shell.language}</Button>
    </fieldset>
  );
}
