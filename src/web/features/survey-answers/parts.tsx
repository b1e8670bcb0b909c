// What the pages of one questionnaire share: the way from one to the other, and a QR code as it is drawn.
import { useParams } from 'react-router';
import { useSeat } from '../../app/session.tsx';
import { useSurveyAnswersText } from '../../language/survey-answers.ts';
import { LinkButton } from '../../ui/button.tsx';
import './survey-answers.css';

export function useSurveyId(): string {
  return useParams()['id'] ?? '';
}

export function SurveyNav({ here }: { readonly here: 'build' | 'channels' | 'results' }) {
  const words = useSurveyAnswersText().sections;
  const seat = useSeat();
  const base = `${seat.base}/questionnaires/${useSurveyId()}`;
  return (
    <nav className="survey-nav" aria-label={words.label}>
      <LinkButton kind={here === 'build' ? 'secondary' : 'quiet'} icon="pencil" to={base} aria-current={here === 'build' ? 'page' : undefined}>{words.build}</LinkButton>
      <LinkButton kind={here === 'channels' ? 'secondary' : 'quiet'} icon="send" to={`${base}/channels`} aria-current={here === 'channels' ? 'page' : undefined}>{words.channels}</LinkButton>
      <LinkButton kind={here === 'results' ? 'secondary' : 'quiet'} icon="chart" to={`${base}/results`} aria-current={here === 'results' ? 'page' : undefined}>{words.results}</LinkButton>
    </nav>
  );
}

export function QrCode({ qr, label }: { readonly qr: { readonly size: number; readonly path: string }; readonly label: string }) {
  return <svg className="survey-qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={label} shapeRendering="crispEdges"><path fill="#000" d={qr.path} /></svg>;
}

/** The address as somebody types it: with this page's own in front where the installation has none set. */
export function wholeAddress(address: string): string {
  return address.startsWith('/') ? `${location.origin}${address}` : address;
}
