'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Funnel as FunnelIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { call } from '../api/api';
import { toldOf } from '../api/told';
import { Skeleton } from '../shell/Skeleton';
import { Blank } from '../ui/Blank';
import { Facts } from '../ui/Facts';
import { Fault } from '../ui/Fault';
import { PageFrame } from '../ui/PageFrame';
import { ChartSwitch } from './ChartSwitch';
import { FunnelChart } from './FunnelChart';
import { FunnelGroups } from './FunnelGroups';
import { FunnelTable } from './FunnelTable';
import { ReportBar } from './ReportBar';
import { funnelQuery, type Funnel } from './reports';
import { useReport, type Written } from './useReport';

/** How deals go through the stages of a pipeline, and what becomes of them. */
export function FunnelPage() {
  const t = useTranslations('reports');
  const { search, change, written, wanted, asTable, setAsTable } = useReport();
  const report = useQuery({ ...funnelQuery(call, wanted), placeholderData: keepPreviousData });
  const funnel = report.data;
  return (
    <PageFrame title={t('funnel.title')} bar={<ReportBar search={search} change={change} wanted={wanted} from={funnel?.from} to={funnel?.to} allPipelines={false} />}>
      {report.isError ? <Fault told={toldOf(report.error)} onRetry={() => void report.refetch()} />
        : funnel === undefined ? <Skeleton />
        : (funnel.outcome.dealCount ?? 0) === 0 ? <Blank icon={FunnelIcon} title={t('funnel.none')}>{t('funnel.noneHint')}</Blank>
        : (
          <div className="tw:grid tw:gap-6 tw:max-w-5xl">
            <Outcome funnel={funnel} written={written} />
            <section className="tw:grid tw:gap-3">
              <div className="tw:flex tw:items-center tw:justify-between tw:gap-3"><h2 className="section-title">{t('funnel.stages', { pipeline: funnel.pipelineName })}</h2><ChartSwitch asTable={asTable} onChange={setAsTable} /></div>
              {asTable ? <FunnelTable funnel={funnel} wanted={wanted} written={written} /> : <FunnelChart funnel={funnel} written={written} />}
            </section>
            {wanted.by === '' ? null : <FunnelGroups funnel={funnel} by={wanted.by} written={written} asTable={asTable} onTable={setAsTable} onOnly={(by, group) => change({ [by]: group, by: '' })} />}
          </div>
        )}
    </PageFrame>
  );
}

function Outcome({ funnel: { outcome }, written }: { readonly funnel: Funnel; readonly written: Written }) {
  const t = useTranslations('reports');
  const { openCount = 0, wonCount = 0, lostCount = 0, leftCount = 0, slippedCount = 0, unconvertedCount = 0 } = outcome;
  return (
    <>
      <Facts facts={[
        { label: t('funnel.winRate'), value: written.share(outcome.winRate), note: t('funnel.wonOfLost', { won: wonCount, lost: lostCount }) },
        { label: t('funnel.cycle'), value: written.days(outcome.cycleDays), note: t('funnel.cycleNote') },
        ...(outcome.velocity === undefined ? [] : [{ label: t('funnel.velocity'), value: written.about(outcome.velocity), note: t('funnel.velocityNote') }]),
        ...(outcome.wonAmount === undefined ? [] : [{ label: t('funnel.won'), value: written.about(outcome.wonAmount), note: t('funnel.deals', { count: wonCount }) }]),
        { label: t('funnel.open'), value: outcome.openAmount === undefined ? written.count(openCount) : written.about(outcome.openAmount), note: t('funnel.deals', { count: openCount }) },
        { label: t('funnel.slipped'), value: written.count(slippedCount), note: outcome.slippedDays === undefined ? undefined : t('funnel.slippedNote', { days: written.days(outcome.slippedDays) }) },
      ]} />
      {leftCount > 0 ? <p className="dim">{t('funnel.left', { count: leftCount })}</p> : null}
      {unconvertedCount > 0 ? <p className="dim">{t('unconverted', { count: unconvertedCount })}</p> : null}
    </>
  );
}
