// The enterprises of an entry: looked up as one types, typed anew with code or reason, or pasted as a list from a sheet.
import { useState } from 'react';
import { findEnterprises, lookUpEnterprises } from '../../../modules/enterprises/contract.ts';
import { type Attendance, type Enterprise, type UncodedReason, uncodedReason } from '../../../modules/enterprises/model.ts';
import { type ListDoubt, normaliseUscc, parseEnterpriseList } from '../../../modules/enterprises/rules.ts';
import { call } from '../../app/client.ts';
import { useRead } from '../../app/queries.ts';
import { useSettled } from '../../app/settled.ts';
import { useEntryText } from '../../language/entry.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Badge, Notice } from '../../ui/notice.tsx';
import { Suggest } from '../../ui/suggest.tsx';
import { doubtsAfter, enterpriseOf, type EnterpriseText, isPastedList, joinList, namelessCodes, placeInList, startOf } from './enterprise-list.ts';

export interface EnterprisePickerProps {
  readonly id: string;
  readonly label: string;
  readonly list: readonly Attendance[];
  readonly onList: (list: readonly Attendance[]) => void;
  /** Exactly one is asked for: the field goes away once it is named. */
  readonly single: boolean;
  readonly error: string | null;
  /** What stands in the field and is not in the list; saving would lose it. */
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
}

const shownAtFirst = 8;

type Offer = { readonly kind: 'known'; readonly enterprise: Enterprise } | { readonly kind: 'new'; readonly typed: string };

interface Opened {
  readonly start: EnterpriseText;
  /** Place in the list of the one that is given its code; null for another one. */
  readonly place: number | null;
}

export function EnterprisePicker({ id, label, list, onList, single, error, typed, onTyped }: EnterprisePickerProps) {
  const text = useText();
  const words = text.kit.enterprisePicker;
  const own = useEntryText().enterprise;
  const [opened, setOpened] = useState<Opened | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [doubts, setDoubts] = useState<readonly ListDoubt[]>([]);
  const asked = useSettled(typed.trim(), 150);
  const found = useRead(findEnterprises, { query: asked.slice(0, 60) }, { when: asked.length >= 2, keep: true, fresh: 60_000 });
  const known = asked.length < 2 ? [] : (found.data?.enterprises ?? []);
  const offers: Offer[] = [...known.map((enterprise): Offer => ({ kind: 'known', enterprise })), ...(typed.trim().length < 2 ? [] : [{ kind: 'new' as const, typed: typed.trim() }])];

  const join = (more: readonly Attendance[]): number => {
    const joined = joinList(list, more);
    onList(joined.list);
    const [already] = joined.already;
    setTold(joined.full ? words.full : already !== undefined && joined.added === 0 ? words.already(already) : null);
    return joined.added;
  };
  const choose = (offer: Offer): void => {
    onTyped('');
    if (offer.kind === 'known') {
      join([{ ...offer.enterprise, reason: null }]);
      focusSoon(id);
    } else setOpened({ start: startOf(offer.typed), place: null });
  };
  const enter = (): void => {
    const code = normaliseUscc(typed);
    const same = known.find(({ uscc, name }) => uscc === code || name === typed.trim());
    if (same !== undefined) choose({ kind: 'known', enterprise: same });
    else if (typed.trim() !== '') choose({ kind: 'new', typed: typed.trim() });
  };
  const paste = (pasted: string): boolean => {
    if (single || !isPastedList(pasted)) return false;
    const read = parseEnterpriseList(pasted);
    const joined = joinList(list, read.attendances);
    onList(joined.list);
    onTyped('');
    setTold(joined.full ? words.full : words.pasted(joined.added));
    setDoubts(doubtsAfter(read.doubts, joined.already));
    const codes = namelessCodes(read.doubts);
    if (codes.length > 0) void nameThem(codes, joined.list);
    return true;
  };
  /** Names codes that came without one, as far as the register knows them. Not reached, the doubts stand as they are. */
  const nameThem = async (codes: readonly string[], current: readonly Attendance[]): Promise<void> => {
    const answer = await call(lookUpEnterprises, { codes: codes.join(',') }).catch(() => null);
    if (answer === null || answer.enterprises.length === 0) return;
    const named = new Set(answer.enterprises.map(({ uscc }) => uscc));
    onList(joinList(current, answer.enterprises.map((enterprise) => ({ ...enterprise, reason: null }))).list);
    setDoubts((all) => all.filter((doubt) => doubt.rule !== 'name_missing' || !named.has(doubt.text)));
    setTold(own.lookedUp(named.size));
  };
  const add = (one: Attendance): void => {
    if (opened?.place === null || opened === null) join([one]);
    else onList(list.map((other, index) => (index === opened.place ? one : other)));
    close();
  };
  const close = (): void => {
    setOpened(null);
    focusSoon(id);
  };

  const asks = !single || list.length === 0;
  return (
    <div className="enterprise-picker" {...(asks && opened === null ? {} : { id, tabIndex: -1 })}>
      {asks && opened === null ? (
        <Suggest
          id={id} label={label} hint={single ? null : words.hint} error={error} placeholder={words.placeholder}
          value={typed} onValue={onTyped} items={offers} searching={found.isFetching}
          keyOf={(offer) => (offer.kind === 'known' ? offer.enterprise.uscc : 'new')}
          wordsOf={(offer) => (offer.kind === 'known' ? offer.enterprise.name : offer.typed)}
          show={(offer) => (offer.kind === 'known'
            ? <><span className="grow">{offer.enterprise.name}</span><span className="hint">{offer.enterprise.uscc}</span></>
            : <span>{startOf(offer.typed).code === '' ? words.add(offer.typed) : words.addCoded(startOf(offer.typed).code)}</span>)}
          onPick={choose} onEnter={enter} onPaste={paste}
        />
      ) : <p className="field-label">{label}</p>}
      {opened === null ? null : <OneEnterprise opened={opened} onAdd={add} onCancel={close} taken={(one) => opened.place === null && placeInList(list, one) >= 0} />}
      <p className="hint" role="status">{told}</p>
      <Doubts doubts={doubts} onClose={() => setDoubts([])} />
      <Listed list={list} onRemove={(place) => onList(list.filter((_, index) => index !== place))} onCode={(place, one) => setOpened({ start: { name: one.name, code: '', reason: one.reason ?? '' }, place })} />
    </div>
  );
}

/** To the field, or to the place where it was when one enterprise is all that is asked for. */
function focusSoon(id: string): void {
  setTimeout(() => document.getElementById(id)?.focus(), 0);
}

/** Name, code, or the reason why there is none. The code is looked up as soon as it is whole. */
function OneEnterprise({ opened, onAdd, onCancel, taken }: { readonly opened: Opened; readonly onAdd: (one: Attendance) => void; readonly onCancel: () => void; readonly taken: (one: Attendance) => boolean }) {
  const text = useText();
  const words = text.kit.enterprisePicker;
  const own = useEntryText().enterprise;
  const [typed, setTyped] = useState(opened.start);
  const [pressed, setPressed] = useState(false);
  const code = normaliseUscc(typed.code);
  const register = useRead(lookUpEnterprises, { codes: code }, { when: /^[0-9A-Z]{18}$/.test(code), fresh: 60_000 });
  const registered = code.length === 18 ? register.data?.enterprises.find(({ uscc }) => uscc === code) : undefined;
  const whole = { ...typed, name: typed.name.trim() === '' && registered !== undefined ? registered.name : typed.name };
  const one = enterpriseOf(whole);
  const add = (): void => {
    setPressed(true);
    if (typeof one !== 'string') onAdd(one);
  };
  const change = (what: Partial<EnterpriseText>): void => setTyped((before) => ({ ...before, ...what }));
  const codeWrong = one === 'code_wrong' && (pressed || code.length >= 18);
  return (
    <div
      className="enterprise-new stack-tight"
      role="group"
      aria-label={words.label}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          event.preventDefault();
          add();
        } else if (event.key === 'Escape') onCancel();
      }}
    >
      <TextField label={words.name} value={whole.name} onValue={(name) => change({ name })} maxLength={100} autoFocus={opened.start.name === ''} error={pressed && one === 'name_missing' ? (code === '' ? own.nameMissing : words.needName) : null} />
      <TextField label={words.code} hint={words.codeHint} value={typed.code} onValue={(next) => change({ code: next })} maxLength={40} autoFocus={opened.start.name !== ''} spellCheck={false} error={codeWrong ? words.codeWrong : null} />
      {code !== '' ? null : (
        <SelectField
          label={words.reason} empty={own.chooseReason} value={typed.reason} onValue={(reason) => change({ reason: reason as UncodedReason | '' })}
          options={uncodedReason.options.map((reason) => ({ value: reason, label: words.reasons[reason] }))}
          error={pressed && one === 'reason_missing' ? own.reasonMissing : null}
        />
      )}
      {typeof one !== 'string' && taken(one) ? <p className="hint">{words.already(one.name)}</p> : null}
      <div className="row-tight"><Button icon="add" onClick={add}>{words.addOne}</Button><Button kind="quiet" onClick={onCancel}>{text.kit.cancel}</Button></div>
    </div>
  );
}

function Doubts({ doubts, onClose }: { readonly doubts: readonly ListDoubt[]; readonly onClose: () => void }) {
  const words = useText().kit.enterprisePicker;
  const own = useEntryText().enterprise;
  const [all, setAll] = useState(false);
  if (doubts.length === 0) return null;
  const shown = all ? doubts : doubts.slice(0, shownAtFirst);
  return (
    <Notice tone="warn">
      <p><strong>{words.doubts(doubts.length)}</strong></p>
      <ul className="small">
        {shown.map((doubt) => <li key={`${doubt.line} ${doubt.rule} ${doubt.text}`}>{words.line(doubt.line)}{words.doubt[doubt.rule](doubt.text)}</li>)}
      </ul>
      <div className="row-tight">
        <Button onClick={onClose}>{own.doubtsClose}</Button>
        {shown.length < doubts.length ? <Button kind="quiet" icon="more" onClick={() => setAll(true)}>{own.showAllLines(doubts.length)}</Button> : null}
      </div>
    </Notice>
  );
}

function Listed({ list, onRemove, onCode }: { readonly list: readonly Attendance[]; readonly onRemove: (place: number) => void; readonly onCode: (place: number, one: Attendance) => void }) {
  const text = useText();
  const words = text.kit.enterprisePicker;
  const own = useEntryText().enterprise;
  const [all, setAll] = useState(false);
  if (list.length === 0) return null;
  const shown = all ? list : list.slice(0, shownAtFirst);
  return (
    <div className="stack-tight">
      <p className="small strong">{words.count(list.length)}</p>
      <ul className="enterprise-list" aria-label={own.listLabel}>
        {shown.map((one, place) => (
          <li key={one.uscc ?? `${place} ${one.name}`}>
            <span className="grow">{one.name} {one.uscc === null ? <Badge tone="warn" icon="info">{own.uncoded(words.reasons[one.reason])}</Badge> : <span className="hint nowrap">{one.uscc}</span>}</span>
            {one.uscc === null ? <Button kind="quiet" icon="pencil" onClick={() => onCode(place, one)}>{words.edit}</Button> : null}
            <Button kind="quiet" icon="close" iconOnly onClick={() => onRemove(place)}>{text.kit.remove(one.name)}</Button>
          </li>
        ))}
      </ul>
      {shown.length < list.length ? <div><Button kind="quiet" icon="more" onClick={() => setAll(true)}>{own.showAll(list.length)}</Button></div> : null}
    </div>
  );
}
