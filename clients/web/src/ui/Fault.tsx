import { ApiProblem } from '@platform/api';
import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Blank } from './Blank';

/** What went wrong, in the platform's words, with the id under which it is found. */
export function Fault({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const t = useTranslations('faults');
  const problem = error instanceof ApiProblem ? error : undefined;
  const title = problem?.status === 404 ? t('notFound') : problem?.status === 403 ? t('forbidden') : t('failed');
  return (
    <Blank icon={CircleAlert} title={title} action={onRetry === undefined ? undefined : <button type="button" className="button" onClick={onRetry}>{t('retry')}</button>}>
      {problem?.message ?? t('unreachable')}
      {problem?.requestId === undefined ? null : <small className="request">{t('request')} <code>{problem.requestId}</code></small>}
    </Blank>
  );
}
