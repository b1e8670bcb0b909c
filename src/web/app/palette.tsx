// Ctrl+K: units by name, code or pinyin; pages and commands by name or initials; records of the ledger by title.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { dutyOf } from '../../modules/access/rules/duties.ts';
import { listActivities } from '../../modules/activities/contract.ts';
import { findUnits } from '../../modules/units/contract.ts';
import { useText } from '../language/text.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Suggest } from '../ui/suggest.tsx';
import { openPagesOf, pages, writesLedger } from './pages.ts';
import { preferences, setPreference } from './preferences.ts';
import { useRead } from './queries.ts';
import { pageOf, useEnded, useSeat } from './session.tsx';
import { useSettled } from './settled.ts';
import { useIsUpper } from './upper.ts';

interface Target {
  readonly key: string;
  readonly group: string;
  readonly words: string;
  readonly beside: string;
  readonly go: () => void;
}

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const [value, setValue] = useState('');
  const { targets, searching } = useTargets(value.trim());
  return (
    <Dialog title={text.shell.palette.open} onClose={onClose}>
      <Suggest
        autoFocus
        label={text.shell.palette.open}
        hiddenLabel
        placeholder={text.shell.palette.placeholder}
        hint={text.shell.palette.hint}
        value={value}
        onValue={setValue}
        items={targets}
        searching={searching}
        keyOf={(target) => target.key}
        wordsOf={(target) => target.words}
        show={(target) => (
          <>
            <span className="hint nowrap">{target.group}</span>
            <span className="grow">{target.words}</span>
            <span className="hint">{target.beside}</span>
          </>
        )}
        onPick={(target) => {
          onClose();
          target.go();
        }}
      />
      <div className="palette-room" />
    </Dialog>
  );
}

function useTargets(query: string): { readonly targets: readonly Target[]; readonly searching: boolean } {
  const seat = useSeat();
  const text = useText();
  const navigate = useNavigate();
  const asked = useSettled(query, 120);
  const found = useRead(findUnits, { edition: seat.edition, query: asked, limit: 8 }, { when: asked !== '', keep: true, fresh: 60_000 });
  const reads = seat.roles.some((role) => dutyOf(role) === 'business');
  const records = useRead(listActivities, { edition: seat.edition, unitCode: seat.unitCode, query: asked, limit: 5 }, { when: asked.length >= 2 && reads, keep: true });
  const commands = useCommands();
  if (query === '') return { targets: [], searching: false };
  const wanted = query.toLowerCase();
  const fixed = commands.filter(({ words, beside }) => words.toLowerCase().includes(wanted) || beside.startsWith(wanted));
  const units = asked === '' ? [] : (found.data?.units ?? []).map((unit): Target => ({
    key: `unit ${unit.code}`, group: text.shell.palette.units, words: unit.name, beside: unit.code, go: () => void navigate(pageOf(seat, '/table', unit.code)),
  }));
  const entries = asked.length < 2 || !reads ? [] : (records.data?.activities ?? []).map((activity): Target => ({
    key: `record ${activity.id}`, group: text.shell.palette.records, words: activity.content.title, beside: text.format.shortDate(activity.content.occurredOn), go: () => void navigate(`${seat.base}/ledger?entry=${activity.id}`),
  }));
  return { targets: [...fixed, ...units, ...entries], searching: found.isFetching };
}

/** Pages and switches, with their initials. */
function useCommands(): Target[] {
  const text = useText();
  const seat = useSeat();
  const upper = useIsUpper();
  const navigate = useNavigate();
  const { shell } = text;
  const open = openPagesOf(seat.roles, upper).map((page): Target => ({
    key: page, group: shell.palette.pages, words: shell.pages[page], beside: shell.initials[page], go: () => void navigate(`${seat.base}${pages[page].path}`),
  }));
  const ended = useEnded();
  const writing = !ended && writesLedger(seat.roles)
    ? ([['newEntry', '/ledger/new'], ['batch', '/ledger/batch'], ['bin', '/ledger/bin']] as const).map(([name, path]): Target => ({
        key: name, group: shell.palette.pages, words: shell.pages[name], beside: shell.initials[name], go: () => void navigate(`${seat.base}${path}`),
      }))
    : [];
  const switches = (['largeText', 'highContrast', 'compact'] as const).map((name): Target => ({
    key: name, group: shell.palette.commands, words: `${shell[name]}（${preferences()[name] ? shell.on : shell.off}）`, beside: shell.initials[name], go: () => setPreference({ [name]: !preferences()[name] }),
  }));
  const language: Target = { key: 'language', group: shell.palette.commands, words: shell.language, beside: shell.initials.language, go: () => setPreference({ language: text.code === 'zh' ? 'en' : 'zh' }) };
  const password: Target = { key: 'password', group: shell.palette.pages, words: shell.pages.password, beside: shell.initials.password, go: () => void navigate(`${seat.base}/password`) };
  const reads = seat.roles.some((role) => dutyOf(role) === 'business');
  const report: readonly Target[] = reads ? [{ key: 'report', group: shell.palette.pages, words: shell.pages.report, beside: shell.initials.report, go: () => void navigate(`${seat.base}/report`) }] : [];
  return [...writing, ...open, ...report, password, ...switches, language];
}
