// 我的代办安排: whom I stand in for, who stands in for me, naming and revoking.
import { useState } from 'react';
import { listOwn } from '../../../modules/people/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useMe, useSeat } from '../../app/session.tsx';
import { useAccountsText } from '../../language/accounts.ts';
import { Button } from '../../ui/button.tsx';
import { Shown } from '../../ui/shown.tsx';
import { StandInButtons } from './standing-in.tsx';
import { NamingDialog, SubstitutionList } from './substitutes.tsx';
import './people.css';

export function SubstitutesPage() {
  const words = useAccountsText().substitutes;
  const seat = useSeat();
  const me = useMe();
  const own = useRead(listOwn, {});
  const [naming, setNaming] = useState(false);
  return (
    <>
      <PageTitle title={words.mine} />
      <Shown read={own}>
        {(answer) => (
          <div className="stack setup-form">
            <p className="hint">{words.how}</p>
            <StandInButtons substitutions={answer.substitutions} />
            <section className="panel stack"><SubstitutionList substitutions={answer.substitutions} unitCode={seat.unitCode} revokes own /></section>
            {me.standingInFor === null ? <div><Button kind="primary" icon="people" onClick={() => setNaming(true)}>{words.nameOwn}</Button></div> : null}
            {naming ? <NamingDialog holder={null} grants={answer.own} colleagues={answer.colleagues} unitCode={seat.unitCode} onClose={() => setNaming(false)} /> : null}
          </div>
        )}
      </Shown>
    </>
  );
}
