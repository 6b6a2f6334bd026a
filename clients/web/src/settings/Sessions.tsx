import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor, Smartphone } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { call } from '../api/api';
import { toldOf } from '../api/told';
import { formatInstant } from '../fields/date';
import { Skeleton } from '../shell/Skeleton';
import { Fault } from '../ui/Fault';
import { useNotice } from '../ui/Notice';

interface Session {
  readonly id: string;
  readonly device: string;
  readonly browser: string;
  readonly address?: string;
  readonly startTime: string;
  readonly lastSeenTime: string;
  readonly current: boolean;
}

const key = ['settings', 'sessions'];

/** Where the caller is signed in, and a way to sign out there. */
export function Sessions() {
  const [t, client, tell] = [useTranslations('settings'), useQueryClient(), useNotice()];
  const found = useQuery({ queryKey: key, queryFn: async () => (await call<{ sessions: Session[] }>('GET', '/bff/sessions')).sessions, retry: false });
  const end = useMutation({
    mutationFn: (id: string | undefined) => (id === undefined ? call('POST', '/bff/sessions:end-others') : call('DELETE', `/bff/sessions/${id}`)),
    onSuccess: () => tell({ text: t('sessions.ended') }),
    onError: (fault) => tell({ text: fault.message, bad: true }),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
  if (found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton />;
  return (
    <div className="tw:grid tw:gap-4 tw:max-w-2xl">
      <p className="dim">{t('sessions.hint')}</p>
      <ul className="cards">{found.data.map((session) => <SessionCard key={session.id} session={session} busy={end.isPending} onEnd={() => end.mutate(session.id)} />)}</ul>
      {found.data.length < 2 ? null : <div><button type="button" className="button" disabled={end.isPending} onClick={() => end.mutate(undefined)}>{t('sessions.endOthers')}</button></div>}
    </div>
  );
}

function SessionCard({ session: { device, browser, address, startTime, lastSeenTime, current }, busy, onEnd }: { readonly session: Session; readonly busy: boolean; readonly onEnd: () => void }) {
  const [t, locale, timeZone] = [useTranslations('settings'), useLocale(), useTimeZone()];
  const Icon = /phone|android|ios/i.test(device) ? Smartphone : Monitor;
  const name = [browser, device].filter(Boolean).join(' · ') || t('sessions.unknown');
  return (
    <li className="pair">
      <div className="pair-names"><Icon size={16} aria-hidden /><span className="truncate">{name}</span>{current ? <span className="pill">{t('sessions.here')}</span> : null}</div>
      <p className="dim">{[address, t('sessions.since', { time: formatInstant(startTime, locale, timeZone) }), t('sessions.seen', { time: formatInstant(lastSeenTime, locale, timeZone) })].filter(Boolean).join(' · ')}</p>
      <div className="pair-does">{current ? null : <button type="button" className="button" disabled={busy} aria-label={`${t('sessions.end')}: ${name}`} onClick={onEnd}>{t('sessions.end')}</button>}</div>
    </li>
  );
}
