// On the home page: notices from above that nobody of the unit has read.
import type { listNotices } from '../../../modules/notices/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { useSeat } from '../../app/session.tsx';
import { useNoticesText } from '../../language/plans.ts';
import { useText } from '../../language/text.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

export function UnreadNotices({ notices }: { readonly notices: OutputOf<typeof listNotices>['received'] }) {
  const text = useText();
  const words = useNoticesText();
  const seat = useSeat();
  const unread = notices.filter(({ readAt }) => readAt === null).length;
  if (unread === 0) return null;
  return <Notice tone="warn"><p className="row-apart"><span>{words.home(text.format.number(unread))}</span><LinkButton kind="quiet" icon="arrow_right" to={`${seat.base}/notices`}>{words.toNotices}</LinkButton></p></Notice>;
}
