import Popover from '@mui/material/Popover';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bell as BellIcon } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { call } from '../api/api';
import { formatInstant } from '../fields/date';
import { useLiveConnection } from '../live/LiveProvider';
import { notificationsRoom } from '../live/rooms';

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly read?: boolean;
  readonly createTime: string;
}

const key = ['notifications'];
const worded = ['security.new-device', 'contacts.activity-reminder'];

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
  const [t, locale, zone] = [useTranslations('notifications'), useLocale(), useTimeZone() ?? 'UTC'];
  const { data, isPending } = useQuery({
    queryKey: [...key, 'list'],
    queryFn: async () => (await call<{ notifications?: readonly Told[] }>('GET', '/api/v1/communications/notifications', { query: { pageSize: 20 } })).notifications ?? [],
    retry: false,
  });
  if (isPending) return <p className="dim" aria-busy>…</p>;
  if (data === undefined || data.length === 0) return <p className="dim">{t('none')}</p>;
  return (
    <ul>
      {data.map((told) => (
        <li key={told.id} data-read={told.read ?? false}>
          <strong>{worded.includes(told.kind) ? t(`kinds.${told.kind.replace('.', '_') as 'security_new-device' | 'contacts_activity-reminder'}`) : told.title}</strong>
          <span>{aboutOf(told)}</span>
          <small><time dateTime={told.createTime}>{formatInstant(told.createTime, locale, zone)}</time></small>
        </li>
      ))}
    </ul>
  );
}

const aboutOf = ({ data, text, kind }: Told): string => {
  const named = data?.[kind === 'contacts.activity-reminder' ? 'subject' : 'device'];
  return worded.includes(kind) && typeof named === 'string' && named !== '' ? named : worded.includes(kind) ? '' : text;
};
