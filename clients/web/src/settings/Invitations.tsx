import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MailPlus } from 'lucide-react';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { saidOf } from '../api/told';
import { formatInstant } from '../fields/date';
import { useNotice } from '../ui/Notice';
import { invitationsQuery, resendInvitation, withdrawInvitation, type Invitation } from './tenants';

/** Who was invited and has not come yet. */
export function Invitations({ labelOf }: { readonly labelOf: (role: string) => string }) {
  const t = useTranslations('settings');
  const found = useQuery(invitationsQuery);
  if (found.data === undefined || found.data.length === 0) return null;
  return (
    <section className="tw:grid tw:gap-2">
      <h2 className="section-title">{t('invitations.pending', { count: found.data.length })}</h2>
      <ul className="rows-list">{found.data.map((invitation) => <Pending key={invitation.id} invitation={invitation} labelOf={labelOf} />)}</ul>
    </section>
  );
}

function Pending({ invitation, labelOf }: { readonly invitation: Invitation; readonly labelOf: (role: string) => string }) {
  const [t, locale, timeZone, now] = [useTranslations('settings'), useLocale(), useTimeZone(), useNow()];
  const [client, tell] = [useQueryClient(), useNotice()];
  const [sure, setSure] = useState(false);
  const { email, displayName, roles, expireTime } = invitation;
  const over = expireTime !== undefined && Date.parse(expireTime) < now.getTime();
  const work = useMutation({
    mutationFn: (what: 'resend' | 'withdraw') => (what === 'resend' ? resendInvitation(invitation) : withdrawInvitation(invitation)),
    onSuccess: (_answer, what) => {
      tell({ text: t(what === 'resend' ? 'invitations.sent' : 'invitations.withdrawn', { email }) });
      void client.invalidateQueries({ queryKey: invitationsQuery.queryKey });
    },
    onError: (fault) => tell({ text: saidOf(fault), bad: true }),
  });
  return (
    <li className="row-link wraps">
      <MailPlus size={16} aria-hidden />
      <span className="who"><span className="truncate">{displayName === '' ? email : `${displayName} · ${email}`}</span><small>{t(over ? 'invitations.over' : 'invitations.until', { time: formatInstant(expireTime, locale, timeZone) })}</small></span>
      <span className="grow" />
      <span className="pills less">{roles.map((role) => <span key={role} className="pill">{labelOf(role)}</span>)}</span>
      <span className="row-does">
        <button type="button" className="button" disabled={work.isPending} aria-label={`${t('invitations.resend')}: ${email}`} onClick={() => work.mutate('resend')}>{t('invitations.resend')}</button>
        <button type="button" className="button ghost danger" disabled={work.isPending} aria-label={`${sure ? t('invitations.withdrawSure') : t('invitations.withdraw')}: ${email}`} onBlur={() => setSure(false)} onClick={() => (sure ? work.mutate('withdraw') : setSure(true))}>{sure ? t('invitations.withdrawSure') : t('invitations.withdraw')}</button>
      </span>
    </li>
  );
}
