import { Popover } from '../ui/Opening';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bell as BellIcon } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { call } from '../api/api';
import { saidOf } from '../api/told';
import { formatInstant } from '../fields/date';
import { useLiveConnection } from '../live/LiveProvider';
import { notificationsRoom } from '../live/rooms';
import { Link } from '../routing/Link';
import { useNotice } from '../ui/Notice';
import { aboutOf, recordOf, type Told, wordingOf } from './told';

const key = ['notifications'];

/** What the platform tells oneself: how much of it is new, and what it is. */
export function Bell() {
  const [t, client, live, tell] = [useTranslations('notifications'), useQueryClient(), useLiveConnection(), useNotice()];
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { data: unread = 0 } = useQuery({
    queryKey: [...key, 'unread'],
    queryFn: async () => (await call<{ unread?: number }>('GET', '/api/v1/communications/notifications:unreadCount')).unread ?? 0,
    retry: false,
  });
  useEffect(() => live?.join(notificationsRoom, () => void client.invalidateQueries({ queryKey: key })), [live, client]);
  const readAll = useMutation({
    mutationFn: () => call('POST', '/api/v1/communications/notifications:markRead', { body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
    onError: (fault) => tell({ text: saidOf(fault), bad: true }),
  });
  return (
    <>
      <button type="button" className="nav bell" aria-haspopup="dialog" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        <BellIcon size={16} aria-hidden /><span className="truncate">{t('title')}</span>
        <span className="grow" />
        {unread > 0 ? <span className="count" data-unread={unread} aria-hidden>{unread}</span> : null}
      </button>
      <span className="unseen" role="status" aria-live="polite">{unread > 0 ? t('unread', { count: unread }) : ''}</span>
      <Popover anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} anchorOrigin={{ vertical: 'top', horizontal: 'right' }} transformOrigin={{ vertical: 'bottom', horizontal: 'left' }} slotProps={{ paper: { role: 'dialog', 'aria-label': t('title') } }}>
        <div className="bell-list">
          <header><h2>{t('title')}</h2><span className="grow" />{unread > 0 ? <button type="button" className="button ghost" disabled={readAll.isPending} onClick={() => readAll.mutate()}>{t('readAll')}</button> : null}</header>
          <List onFollow={() => setAnchor(null)} />
        </div>
      </Popover>
    </>
  );
}

function List({ onFollow }: { readonly onFollow: () => void }) {
  const [t, f] = [useTranslations('notifications'), useTranslations('faults')];
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...key, 'list'],
    queryFn: async () => (await call<{ notifications?: readonly Told[] }>('GET', '/api/v1/communications/notifications', { query: { pageSize: 20 } })).notifications ?? [],
    retry: false,
  });
  if (isPending) return <p className="dim" aria-busy>…</p>;
  if (data === undefined) return <p className="fault" role="alert">{error === null ? f('failed') : saidOf(error)} <button type="button" className="quiet" onClick={() => void refetch()}>{f('retry')}</button></p>;
  if (data.length === 0) return <p className="dim">{t('none')}</p>;
  return (
    <ul>
      {data.map((told) => <li key={told.id} data-read={told.read ?? false}><About told={told} onFollow={onFollow} /></li>)}
    </ul>
  );
}

function About({ told, onFollow }: { readonly told: Told; readonly onFollow: () => void }) {
  const [t, locale, zone] = [useTranslations('notifications'), useLocale(), useTimeZone() ?? 'UTC'];
  const [wording, at] = [wordingOf(told), recordOf(told)];
  const title = wording === undefined ? told.title : t(`kinds.${wording}`);
  const more = (told.count ?? 1) - 1;
  return (
    <>
      <strong>{at === undefined ? title : <Link href={at} onClick={onFollow}>{title}</Link>}</strong>
      <span>{aboutOf(told)}{more > 0 ? <small> {t('more', { count: more })}</small> : null}</span>
      <small><time dateTime={told.createTime}>{formatInstant(told.createTime, locale, zone)}</time></small>
    </>
  );
}
