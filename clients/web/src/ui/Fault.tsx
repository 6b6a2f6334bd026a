'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Told } from '../api/told';
import { Blank } from './Blank';
import { Title } from './Title';

interface Props {
  readonly told: Told | undefined;
  readonly onRetry?: () => void;
  /** It stands in place of a page, whose title it takes too. */
  readonly titled?: boolean;
}

/** What went wrong, in the platform's words, with the id under which it is found. */
export function Fault({ told, onRetry = () => location.reload(), titled = false }: Props) {
  const t = useTranslations('faults');
  const title = told?.status === 404 ? t('notFound') : told?.status === 403 ? t('forbidden') : t('failed');
  return (
    <Blank icon={CircleAlert} title={title} action={<button type="button" className="button" onClick={onRetry}>{t('retry')}</button>}>
      {titled ? <Title>{title}</Title> : null}
      {told?.message ?? t('unreachable')}
      {told?.requestId === undefined ? null : <small className="request">{t('request')} <code>{told.requestId}</code></small>}
    </Blank>
  );
}
