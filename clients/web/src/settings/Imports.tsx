import { useQuery } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { call } from '../api/api';
import { toldOf } from '../api/told';
import { History } from '../import/History';
import { importsQuery } from '../import/imports';
import { Link } from '../routing/Link';
import { Skeleton } from '../shell/Skeleton';
import { Blank } from '../ui/Blank';
import { Fault } from '../ui/Fault';

/** What was imported, by whom and with what outcome, and a way to take it back. */
export function Imports() {
  const [t, found] = [useTranslations('imports'), useQuery(importsQuery(call))];
  if (found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton />;
  const begin = <Link className="button" href="/import"><Upload size={15} aria-hidden />{t('begin')}</Link>;
  return found.data.length === 0 ? <Blank icon={Upload} title={t('none')} action={begin}>{t('noneHint')}</Blank> : (
    <div className="tw:grid tw:gap-4 tw:max-w-3xl"><div>{begin}</div><History /></div>
  );
}
