import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Download, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { call } from '../api/api';
import { useMay } from '../api/me';
import { useResources } from '../api/metadata';
import { toldOf } from '../api/told';
import { useMembers } from '../fields/user';
import { useSearch } from '../routing/useSearch';
import { Skeleton } from '../shell/Skeleton';
import { Fault } from '../ui/Fault';
import { useNotice } from '../ui/Notice';
import { AuditEntry, type Entry } from './AuditEntry';

/** Who did what, newest first; narrowed in the address. */
export function Audit() {
  const t = useTranslations('settings');
  const [[search, change], members, resources, exports] = [useSearch(), useMembers(), useResources(), useMay('audit.export')];
  const asked = { resource: search.get('resource') ?? '', actor: search.get('actor') ?? '', id: search.get('id') ?? '' };
  const found = useInfiniteQuery({
    queryKey: ['settings', 'audit', asked],
    queryFn: ({ pageParam }) => call<{ entries?: Entry[]; nextPageToken?: string }>('GET', '/api/v1/audit/entries', { query: { pageSize: 50, pageToken: pageParam || undefined, resource: asked.resource || undefined, actor: asked.actor || undefined, id: asked.id || undefined } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    retry: false,
  });
  const entries = found.data?.pages.flatMap((page) => page.entries ?? []) ?? [];
  return (
    <div className="tw:grid tw:gap-4 tw:max-w-4xl">
      <div className="tools bar-tools">
        <label className="bar-field"><span>{t('audit.who')}</span>
          <select className="input" value={asked.actor} onChange={(event) => change({ actor: event.target.value })}>
            <option value="">{t('audit.all')}</option>{(members ?? []).map((member) => <option key={member.userId} value={member.userId}>{member.displayName || member.email}</option>)}
          </select>
        </label>
        <label className="bar-field"><span>{t('audit.what')}</span>
          <select className="input" value={asked.resource} onChange={(event) => change({ resource: event.target.value, id: '' })}>
            <option value="">{t('audit.all')}</option>{resources.map((resource) => <option key={resource.resource} value={resource.resource}>{resource.pluralLabel || resource.label}</option>)}
          </select>
        </label>
        <span className="grow" />
        <Verify />
        {exports ? <a className="button" href={`/api/v1/audit/entries:export?${new URLSearchParams({ format: 'EXPORT_FORMAT_CSV', ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== '')) }).toString()}`} download><Download size={14} aria-hidden />{t('audit.export')}</a> : null}
      </div>
      {found.isError ? <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />
        : found.isPending ? <Skeleton />
        : entries.length === 0 ? <p className="dim">{t('audit.none')}</p>
        : <ol className="log">{entries.map((entry) => <AuditEntry key={`${entry.service} ${entry.id}`} entry={entry} members={members ?? []} resources={resources} />)}</ol>}
      {found.hasNextPage ? <div><button type="button" className="button" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('audit.more')}</button></div> : null}
    </div>
  );
}

/** Whether the log is whole: nothing in it was changed, removed or put in. */
function Verify() {
  const [t, tell] = [useTranslations('settings'), useNotice()];
  const verify = useMutation({
    mutationFn: () => call<{ intact?: boolean }>('GET', '/api/v1/audit/entries:verify'),
    onSuccess: ({ intact }) => tell(intact ? { text: t('audit.intact') } : { text: t('audit.broken'), bad: true }),
    onError: (fault) => tell({ text: fault.message, bad: true }),
  });
  return <button type="button" className="button" disabled={verify.isPending} onClick={() => verify.mutate()}><ShieldCheck size={14} aria-hidden />{t('audit.verify')}</button>;
}
