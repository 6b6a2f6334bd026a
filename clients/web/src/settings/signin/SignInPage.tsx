import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LogIn, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toldOf } from '../../api/told';
import { Skeleton } from '../../shell/Skeleton';
import { Blank } from '../../ui/Blank';
import { Fault } from '../../ui/Fault';
import { ProviderCard } from './ProviderCard';
import { ProviderDialog } from './ProviderDialog';
import { providersQuery, type Provider } from './providers';

/** The company's own servers, at which its people sign in. */
export function SignInPage() {
  const [t, client] = [useTranslations('signIn'), useQueryClient()];
  const found = useQuery(providersQuery);
  const [editing, setEditing] = useState<Provider | 'new'>();
  if (found.data === undefined && found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton />;
  const create = <button type="button" className="button primary" onClick={() => setEditing('new')}><Plus size={15} aria-hidden />{t('add')}</button>;
  const again = () => void client.invalidateQueries({ queryKey: providersQuery.queryKey });
  return (
    <div className="tw:grid tw:gap-4 tw:max-w-3xl">
      {found.data.length === 0 ? <Blank icon={LogIn} title={t('none')} action={create}>{t('hint')}</Blank> : (
        <>
          <div className="tw:flex tw:items-center tw:gap-3 tw:flex-wrap"><p className="dim grow">{t('hint')}</p>{create}</div>
          <ul className="cards">{found.data.map((provider) => <ProviderCard key={provider.id} provider={provider} onChange={() => setEditing(provider)} onDone={again} />)}</ul>
        </>
      )}
      {editing === undefined ? null : <ProviderDialog provider={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} onDone={again} />}
    </div>
  );
}
