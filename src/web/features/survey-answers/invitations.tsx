// One-time links: made for a list of enterprises, shown this once to be printed, and what became of each.
import { useState } from 'react';
import { listRegister } from '../../../modules/enterprises/contract.ts';
import { isUscc, normaliseUscc } from '../../../modules/enterprises/rules.ts';
import { inviteEnterprises, listInvitations, renewInvitation, withdrawInvitation } from '../../../modules/questionnaires/contract/channels.ts';
import type { Channel, Invitation, MadeInvitation } from '../../../modules/questionnaires/model/channels.ts';
import { call } from '../../app/client.ts';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useSurveyAnswersText } from '../../language/survey-answers.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { QrCode, wholeAddress } from './parts.tsx';

interface Named {
  readonly uscc: string;
  readonly name: string;
}

/** Lines of a code and a name; the number of the first that is none. */
export function enterprisesIn(typed: string): { readonly enterprises: readonly Named[]; readonly wrong: number | null } {
  const enterprises: Named[] = [];
  for (const [index, line] of typed.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, code = '', name = ''] = /^\s*(\S+)[\s,，;；]+(.*?)\s*$/.exec(line) ?? [];
    const uscc = normaliseUscc(code);
    if (!isUscc(uscc) || name === '') return { enterprises, wrong: index + 1 };
    enterprises.push({ uscc, name });
  }
  return { enterprises, wrong: null };
}

const states = { waiting: { tone: 'neutral', icon: 'clock' }, used: { tone: 'ok', icon: 'check' }, withdrawn: { tone: 'warn', icon: 'minus' } } as const;

export function Invitations({ channel, mayChange }: { readonly channel: Channel; readonly mayChange: boolean }) {
  const words = useSurveyAnswersText().invitations;
  const read = useRead(listInvitations, { id: channel.id });
  const [made, setMade] = useState<readonly MadeInvitation[]>([]);
  return (
    <div className="stack">
      {mayChange && channel.state === 'open' ? <InviteForm channel={channel} onMade={setMade} /> : null}
      {made.length === 0 ? null : <Sheet made={made} />}
      <Shown read={read}>
        {({ invitations }) => (invitations.length === 0 ? <Empty>{words.none}</Empty> : <List invitations={invitations} mayChange={mayChange} onMade={(one) => setMade([one])} />)}
      </Shown>
    </div>
  );
}

function InviteForm({ channel, onMade }: { readonly channel: Channel; readonly onMade: (made: readonly MadeInvitation[]) => void }) {
  const words = useSurveyAnswersText().invitations;
  const seat = useSeat();
  const invite = useCommand(inviteEnterprises);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = async (): Promise<void> => {
    const { enterprises, wrong } = enterprisesIn(typed);
    const problem = wrong !== null ? words.wrongLine(String(wrong)) : enterprises.length === 0 ? words.empty : null;
    setError(problem);
    if (problem !== null) return;
    const answer = await invite.run({ id: channel.id, enterprises: [...enterprises] });
    if (answer === null) return;
    if (answer.known > 0) tell({ text: words.known(String(answer.known)) });
    onMade(answer.invitations);
    setTyped('');
  };
  const fill = async (): Promise<void> => {
    const { enterprises } = await call(listRegister, { edition: seat.edition, unitCode: seat.unitCode, target: 'yes', limit: 200 });
    setTyped(enterprises.map(({ uscc, name }) => `${uscc} ${name}`).join('\n'));
  };
  return (
    <Form className="stack-tight survey-form" aria-label={words.add} onSubmit={submit}>
      <TextArea label={words.paste} hint={words.pasteHint} rows={5} value={typed} error={error} onValue={setTyped} />
      <FailureNotice failure={invite.failure} kept="typed" />
      <div className="row-tight">
        <Button type="submit" kind="primary" busy={invite.busy}>{words.add}</Button>
        <Button kind="quiet" icon="people" onClick={() => void fill()}>{words.targets}</Button>
      </div>
    </Form>
  );
}

/** To be cut and handed out. */
function Sheet({ made }: { readonly made: readonly MadeInvitation[] }) {
  const all = useSurveyAnswersText();
  const words = all.invitations;
  return (
    <section className="stack-tight">
      <Notice tone="warn"><p>{words.once}</p><div className="screen-only"><Button icon="document" onClick={() => print()}>{all.channels.print}</Button></div></Notice>
      <ul className="survey-sheet">
        {made.map(({ id, name, uscc, address, qr }) => (
          <li key={id}>
            <p><strong>{name}</strong></p>
            <p className="hint">{uscc}</p>
            <QrCode qr={qr} label={all.channels.qr(name)} />
            <p>{wholeAddress(address)}</p>
            <p className="hint">{words.sheetIntro}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function List({ invitations, mayChange, onMade }: { readonly invitations: readonly Invitation[]; readonly mayChange: boolean; readonly onMade: (made: MadeInvitation) => void }) {
  const words = useSurveyAnswersText().invitations;
  const text = useText();
  const renew = useCommand(renewInvitation);
  const withdraw = useCommand(withdrawInvitation);
  const again = async (id: string): Promise<void> => {
    const made = await renew.run({ id });
    if (made !== null) onMade(made);
  };
  const take = async (id: string, withdrawn: boolean): Promise<void> => {
    if ((await withdraw.run({ id, withdrawn })) === null) return;
    tell({ text: withdrawn ? words.withdrawn : words.restored, undo: async () => (await withdraw.run({ id, withdrawn: !withdrawn })) !== null });
  };
  return (
    <>
      <FailureNotice failure={renew.failure ?? withdraw.failure} kept="nothing" />
      <div className="table-scroll" role="region" aria-label={words.paste}>
        <table>
          <thead><tr><th scope="col">{words.head.name}</th><th scope="col">{words.head.madeOn}</th><th scope="col">{words.head.state}</th>{mayChange ? <th scope="col">{words.head.act}</th> : null}</tr></thead>
          <tbody>
            {invitations.map(({ id, name, uscc, madeOn, state }) => (
              <tr key={id}>
                <td>{name}<br /><span className="hint">{uscc}</span></td>
                <td>{text.format.date(madeOn)}</td>
                <td><Badge {...states[state]}>{words.states[state]}</Badge></td>
                {mayChange ? (
                  <td>
                    {state === 'waiting' ? <span className="row-tight"><Button kind="quiet" aria-label={`${words.renew} ${name}`} onClick={() => void again(id)}>{words.renew}</Button><Button kind="quiet" aria-label={`${words.withdraw} ${name}`} onClick={() => void take(id, true)}>{words.withdraw}</Button></span> : null}
                    {state === 'withdrawn' ? <Button kind="quiet" aria-label={`${words.restore} ${name}`} onClick={() => void take(id, false)}>{words.restore}</Button> : null}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
