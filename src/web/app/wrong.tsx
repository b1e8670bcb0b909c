// Pages for addresses that lead nowhere and for faults of our own.
import { useRouteError } from 'react-router';
import { useText } from '../language/text.tsx';
import { Button, LinkButton } from '../ui/button.tsx';

export function NotFound() {
  const { notFound } = useText().shell;
  return (
    <section className="stack wrong">
      <h1>{notFound.title}</h1>
      <p>{notFound.text}</p>
      <div><LinkButton kind="primary" to="/">{notFound.home}</LinkButton></div>
    </section>
  );
}

export function Crash() {
  const { crash } = useText().shell;
  const error = useRouteError();
  return (
    <section className="stack wrong" role="alert">
      <h1>{crash.title}</h1>
      <p>{crash.text}</p>
      {error instanceof Error ? <p className="hint">{error.name}: {error.message}</p> : null}
      <div><Button kind="primary" icon="refresh" onClick={() => location.reload()}>{crash.reload}</Button></div>
    </section>
  );
}

/** For a page that the roles held here do not open. */
export function NotAllowed() {
  const { notAllowed, notFound } = useText().shell;
  return (
    <section className="stack wrong">
      <h1>{notAllowed.title}</h1>
      <p>{notAllowed.text}</p>
      <div><LinkButton kind="primary" to="/">{notFound.home}</LinkButton></div>
    </section>
  );
}
