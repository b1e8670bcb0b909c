// Which figures stand on a form that was read in and not on the ledger (表), with the file to open. Shown to whoever reads the return.
import { readFormContent } from '../../../modules/forms/contract.ts';
import type { ReturnView } from '../../../modules/returns/model.ts';
import { addressOf } from '../../app/client.ts';
import { writesLedger } from '../../app/pages.ts';
import { useEnded, useSeat } from '../../app/session.tsx';
import { useFormReadingText } from '../../language/form-reading.ts';
import { useText } from '../../language/text.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Badge, Notice } from '../../ui/notice.tsx';

type Behind = NonNullable<ReturnView['frozen']>['forms'];

/** Of what is on screen: the frozen version, or what would be frozen now. */
export function formsOf(view: Pick<ReturnView, 'frozen' | 'live'>, frozen: boolean): Behind {
  return frozen ? (view.frozen?.forms ?? []) : view.live.forms;
}

export function FormsBehind({ forms, nameOf }: { readonly forms: Behind; readonly nameOf: (code: string) => string }) {
  const text = useText();
  const words = useFormReadingText();
  return forms.map((form) => {
    const codes = Object.keys(form.figures);
    return (
      <Notice key={form.id} tone="neutral">
        <p><FormMark /> {words.behind(form.name, codes.length)} <FormLink id={form.id} /></p>
        <details>
          <summary>{words.behindWhich}</summary>
          <p>{text.format.list(codes.map((code) => `${nameOf(code)} ${text.format.number(form.figures[code] ?? 0)}`))}</p>
        </details>
      </Notice>
    );
  });
}

/** To the page where forms are read in, for those who may. */
export function FormReadingLink() {
  const words = useFormReadingText();
  const seat = useSeat();
  const ended = useEnded();
  return ended || !writesLedger(seat.roles) ? null : <LinkButton icon="upload" to={`${seat.base}/form-reading`}>{words.link}</LinkButton>;
}

export function FormMark() {
  const words = useFormReadingText();
  return <Badge icon="document">{words.mark}</Badge>;
}

export function FormLink({ id }: { readonly id: string }) {
  const words = useFormReadingText();
  return <a href={addressOf(readFormContent, { id })} download>{words.holding.open}</a>;
}
