'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTimeZone, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { call } from '../api/api';
import { toldOf } from '../api/told';
import { useMay } from '../api/me';
import { todayIn } from '../calendar/calendar';
import { useMembers } from '../fields/user';
import { Skeleton } from '../shell/Skeleton';
import { Fault } from '../ui/Fault';
import { PageFrame } from '../ui/PageFrame';
import { isPeriod, periodsAround, rollupQuery, rollupWantedOf } from './rollup';
import { RollupTable } from './RollupTable';
import type { Category } from './reports';
import { useReport, type Written } from './useReport';

const SayDialog = dynamic(() => import('./SayDialog').then((file) => file.SayDialog));

/** What everybody in a team will bring in a month or a quarter: what their deals come to, and what is said instead. */
export function RollupPage() {
  const [t, says] = [useTranslations('reports'), useMay('deals.write')];
  const { search, change, wanted: { timeZone, language }, written } = useReport();
  const wanted = rollupWantedOf(search, { timeZone, language });
  const report = useQuery({ ...rollupQuery(call, wanted), placeholderData: keepPreviousData });
  const [asked, setAsked] = useState<{ readonly userId: string; readonly category: Category }>();
  const rollup = report.data;
  // As it is now: who was refused because somebody else has said something sees that, and says it again.
  const sum = rollup?.nodes.find(({ userId }) => userId === asked?.userId)?.sums.find(({ category }) => category === asked?.category);
  return (
    <PageFrame title={t('rollup.title')} bar={(
      <div className="toolbar">
        <div className="tools bar-tools">
          <PeriodField value={wanted.period || rollup?.period || ''} written={written} onChange={(period) => change({ period })} />
          <TopField value={wanted.top} onChange={(of) => change({ of })} />
          <label className="check"><input type="checkbox" checked={wanted.bySplits} onChange={(event) => change({ credit: event.target.checked ? 'splits' : '' })} />{t('bySplits')}</label>
        </div>
      </div>
    )}>
      {report.isError ? <Fault told={toldOf(report.error)} onRetry={() => void report.refetch()} />
        : rollup === undefined ? <Skeleton />
        : (
          <div className="tw:grid tw:gap-3 tw:max-w-5xl">
            <RollupTable rollup={rollup} written={written} onSay={says ? (userId, category) => setAsked({ userId, category }) : undefined} />
            <p className="dim">{t('rollup.hint')}</p>
          </div>
        )}
      {asked === undefined || sum === undefined || rollup === undefined ? null : <SayDialog period={rollup.period} userId={asked.userId} sum={sum} written={written} onClose={() => setAsked(undefined)} />}
    </PageFrame>
  );
}

/** The quarters around today, each with its months; one that lies elsewhere stands at the top. */
function PeriodField({ value, written, onChange }: { readonly value: string; readonly written: Written; readonly onChange: (period: string) => void }) {
  const [t, timeZone] = [useTranslations('reports'), useTimeZone() ?? 'UTC'];
  const [periods] = useState(() => periodsAround(todayIn(new Date(), timeZone)));
  const named = (name: string) => (name.includes('Q') ? t('rollup.quarter', { quarter: name.slice(-1), year: name.slice(0, 4) }) : written.month(name));
  return (
    <label className="bar-field">
      <span>{t('rollup.period')}</span>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {value === '' || periods.some(({ name }) => name === value) ? null : <option value={value}>{isPeriod(value) ? named(value) : value}</option>}
        {value === '' ? <option value="" /> : null}
        {periods.filter(({ isQuarter }) => isQuarter).map(({ name }) => <option key={name} value={name}>{named(name)}</option>)}
        {periods.filter(({ isQuarter }) => !isQuarter).map(({ name }) => <option key={name} value={name}>{named(name)}</option>)}
      </select>
    </label>
  );
}

/** Whose team it is. */
function TopField({ value, onChange }: { readonly value: string; readonly onChange: (user: string) => void }) {
  const [t, members] = [useTranslations('reports'), useMembers() ?? []];
  return (
    <label className="bar-field">
      <span>{t('rollup.top')}</span>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('rollup.me')}</option>
        {members.map((member) => <option key={member.userId} value={member.userId}>{member.displayName || member.email}</option>)}
      </select>
    </label>
  );
}
