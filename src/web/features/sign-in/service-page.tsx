// Where the sign-in service leads back to. The address changes nothing: the page posts what it was led to with, once, and drops it from
// the address and the history at once.
import { useCallback, useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { finishSingleSignOn, linkOwnIdentity } from '../../../modules/sign-in/contract/ways.ts';
import type { Arrival } from '../../../modules/sign-in/model.ts';
import { queryClient, useCommand } from '../../app/queries.ts';
import { useWaysText } from '../../language/ways.ts';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { Gate } from '../people/gate.tsx';
import { SecondStep } from './second-step.tsx';
import { findLeft, forgetLeft, type Left } from './service-return.ts';

export function ServicePage() {
  const words = useWaysText().service;
  const [query] = useState(() => location.search.slice(1));
  const [left] = useState(() => (query === '' ? null : findLeft()));
  useEffect(() => {
    history.replaceState(history.state, '', location.pathname);
    forgetLeft();
  }, []);
  return (
    <Gate title={words.title}>
      {left === null ? <><Notice tone="warn"><p>{words.lost}</p></Notice><p><Link to="/sign-in">{words.toSignIn}</Link></p></> : left.purpose === 'link' ? <Linking left={left} query={query} /> : <Entering left={left} query={query} />}
    </Gate>
  );
}

interface Back {
  readonly left: Left;
  readonly query: string;
}

function Entering({ left: { challenge, to }, query }: Back) {
  const words = useWaysText().service;
  const navigate = useNavigate();
  const { run, failure } = useCommand(finishSingleSignOn);
  const [arrived, setArrived] = useState<Arrival | null>(null);
  const begun = useRef(false);
  const goOn = useCallback(() => {
    queryClient.clear();
    void navigate(to, { replace: true });
  }, [navigate, to]);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void run({ challenge, query }).then((arrival) => {
      if (arrival?.state === 'second_step') setArrived(arrival);
      else if (arrival !== null) goOn();
    });
  }, [run, challenge, query, goOn]);
  if (arrived?.state === 'second_step') return <SecondStep arrived={arrived} onDone={goOn} onStartOver={() => void navigate('/sign-in', { replace: true })} />;
  return failure === null ? <><p>{words.back}</p><Loading /></> : <><FailureNotice failure={failure} kept="nothing" /><p><Link to="/sign-in">{words.toSignIn}</Link></p></>;
}

function Linking({ left: { challenge, to }, query }: Back) {
  const words = useWaysText().service;
  const navigate = useNavigate();
  const { run, failure } = useCommand(linkOwnIdentity);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void run({ challenge, query }).then((identity) => {
      if (identity === null) return;
      tell({ text: words.linkedNow });
      void navigate(to, { replace: true });
    });
  }, [run, challenge, query, navigate, to, words.linkedNow]);
  return failure === null ? <><p>{words.back}</p><Loading /></> : <><FailureNotice failure={failure} kept="nothing" /><p><Link to={to}>{words.goOn}</Link></p></>;
}
