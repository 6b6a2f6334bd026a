'use client';

import { CircleAlert, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Told } from '../api/told';
import { Link } from '../routing/Link';
import { Blank } from './Blank';
import { Title } from './Title';

interface Props {
  readonly told: Told | undefined;
  readonly onRetry?: () => void;
  /** It stands in place of a page, whose title it takes too. */
  readonly titled?: boolean;
  /** What failed was named by the address: one that makes no sense leads to nothing. */
  readonly addressed?: boolean;
}

/** What went wrong, in the platform's words, with the id under which it is found. */
export function Fault({ told, onRetry = () => location.reload(), titled = false, addressed = titled }: Props) {
  const t = useTranslations('faults');
  if (told?.status === 404 || (addressed && told?.status === 400)) return <Missing titled={titled} />;
  const title = told?.status === 403 ? t('forbidden') : t('failed');
  return (
    <Blank icon={CircleAlert} title={title} action={<button type="button" className="button" onClick={onRetry}>{t('retry')}</button>}>
      {titled ? <Title>{title}</Title> : null}
      {told?.message ?? t('unreachable')}
      {told?.requestId === undefined ? null : <small className="request">{t('request')} <code>{told.requestId}</code></small>}
    </Blank>
  );
}

/** What is not there is not there at the next try either: one goes on from here. */
function Missing({ titled }: { readonly titled: boolean }) {
  const t = useTranslations('faults');
  return (
    <Blank icon={SearchX} title={t('notFound')} action={<Link className="button" href="/">{t('home')}</Link>}>
      {titled ? <Title>{t('notFound')}</Title> : null}
      {t('notFoundHint')}
    </Blank>
  );
}
