import Popover from '@mui/material/Popover';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bell as BellIcon } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { call } from '../api/api';
import { formatInstant } from '../fields/date';
import { useLiveConnection } from '../live/LiveProvider';
import { notificationsRoom } from '../live/rooms';
import { Link } from '../routing/Link';
import { aboutOf, recordOf, type Told, wordingOf } from './told';

const key = ['notifications'];

/** What the platform tells oneself: how much of it is new, and what it is. */
export function Bell() {
  const [t, client, live] = [useTranslations('notifications'), useQueryClient(), useLiveConnection()];
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { data: unread = 0 } = useQuery({
    queryKey: [...key, 'unread'],
    queryFn: async () => (await call<{ unread?: number }>('GET', '/api/v1/communications/notifications:unreadCount')).unread ?? 0,
    retry: false,
  });
  useEffect(() => live?.join(notificationsRoom, () => void client.invalidateQueries({ queryKey: key })), [live, client]);
  const readAll = async () => {
    await call('POST', '/api/v1/communications/notifications:markRead', { body: {} });
    await client.invalidateQueries({ queryKey: key });
  };
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
          <header><h2>{t('title')}</h2><span className="grow" />{unread > 0 ? <button type="button" className="button ghost" onClick={() => void readAll()}>{t('readAll')}</button> : null}</header>
          <List />
        </div>
      </Popover>
    </>
  );
}

function List() {
  const t = useTranslations('notifications');
  const { data, isPending } = useQuery({
    queryKey: [...key, 'list'],
    queryFn: async () => (await call<{ notifications?: readonly Told[] }>('GET', '/api/v1/communications/notifications', { query: { pageSize: 20 } })).notifications ?? [],
    retry: false,
  });
  if (isPending) return <p className="dim" aria-busy>…</p>;
  if (data === undefined || data.length === 0) return <p className="dim">{t('none')}</p>;
  return (
    <ul>
      {data.map((told) => <li key={told.id} data-read={told.read ?? false}><About told={told} /></li>)}
    </ul>
  );
}

function About({ told }: { readonly told: Told }) {
  const [t, locale, zone] = [useTranslations('notifications'), useLocale(), useTimeZone() ?? 'UTC'];
  const [wording, at] = [wordingOf(told), recordOf(told)];
  const title = wording === undefined ? told.title : t(`kinds.${wording}`);
  const more = (told.count ?? 1) - 1;
  return (
    <>
      <strong>{at === undefined ? title : <Link href={at}>{title}</Link>}</strong>
      <span>{aboutOf(told)}{more > 0 ? <small> {t('more', { count: more })}</small> : null}</span>
      <small><time dateTime={told.createTime}>{formatInstant(told.createTime, locale, zone)}</time></small>
    </>
  );
}
