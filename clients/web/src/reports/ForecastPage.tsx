'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChartNoAxesColumn } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { call } from '../api/api';
import { toldOf } from '../api/told';
import { Skeleton } from '../shell/Skeleton';
import { Blank } from '../ui/Blank';
import { Facts } from '../ui/Facts';
import { Fault } from '../ui/Fault';
import { PageFrame } from '../ui/PageFrame';
import { ChartSwitch } from './ChartSwitch';
import { ForecastChart } from './ForecastChart';
import { ForecastGroups } from './ForecastGroups';
import { ForecastTable } from './ForecastTable';
import { ReportBar } from './ReportBar';
import { categories, currencyIn, forecastQuery, monthsBetween, monthsOf, seesWeighted, type Forecast } from './reports';
import { useReport, type Written } from './useReport';

/** What is expected of the deals that are to close in some months, by how sure it is. */
export function ForecastPage() {
  const t = useTranslations('reports');
  const { search, change, written, wanted, asTable, setAsTable } = useReport();
  const report = useQuery({ ...forecastQuery(call, wanted), placeholderData: keepPreviousData });
  const forecast = report.data;
  const lines = forecast?.lines ?? [];
  const sees = seesWeighted(lines);
  const weighted = sees && search.get('weighted') === '1';
  return (
    <PageFrame title={t('forecast.title')} bar={(
      <ReportBar search={search} change={change} wanted={wanted} from={forecast?.from} to={forecast?.to} allPipelines>
        {sees ? <label className="check"><input type="checkbox" checked={weighted} onChange={(event) => change({ weighted: event.target.checked ? '1' : '' })} />{t('forecast.weighted')}</label> : null}
      </ReportBar>
    )}>
      {report.isError ? <Fault told={toldOf(report.error)} onRetry={() => void report.refetch()} />
        : forecast === undefined ? <Skeleton />
        : lines.length === 0 ? <Blank icon={ChartNoAxesColumn} title={t('forecast.none')}>{t('forecast.noneHint')}</Blank>
        : (
          <div className="tw:grid tw:gap-6 tw:max-w-5xl">
            <Sums forecast={forecast} weighted={weighted} bySplits={wanted.bySplits} written={written} />
            <section className="tw:grid tw:gap-3">
              <div className="tw:flex tw:items-center tw:justify-between tw:gap-3"><h2 className="section-title">{t('forecast.months')}</h2><ChartSwitch asTable={asTable} onChange={setAsTable} /></div>
              {asTable ? <ForecastTable forecast={forecast} weighted={weighted} wanted={wanted} written={written} onOnly={(by, group) => change({ [by]: group, by: '' })} /> : <ForecastChart months={monthsOf(lines, weighted, monthsBetween(forecast.from, forecast.to))} currency={currencyIn(lines)} written={written} />}
            </section>
            {wanted.by === '' || asTable ? null : (
              <section className="tw:grid tw:gap-3">
                <h2 className="section-title">{t(`groups.${wanted.by}`)}</h2>
                <ForecastGroups forecast={forecast} by={wanted.by} weighted={weighted} written={written} />
              </section>
            )}
          </div>
        )}
    </PageFrame>
  );
}

/** Each category over all months. */
function Sums({ forecast, weighted, bySplits, written }: { readonly forecast: Forecast; readonly weighted: boolean; readonly bySplits: boolean; readonly written: Written }) {
  const t = useTranslations('reports');
  const lines = forecast.lines ?? [];
  const [months, currency] = [monthsOf(lines, weighted), currencyIn(lines)];
  const unconverted = lines.flatMap((line) => line.sums ?? []).reduce((count, sum) => count + (sum.unconvertedCount ?? 0), 0);
  return (
    <>
      <Facts facts={categories.map((category) => {
        const bars = months.flatMap((month) => month.bars.filter((bar) => bar.category === category));
        const count = bars.reduce((sum, bar) => sum + bar.dealCount, 0);
        return {
          label: t(`categories.${category}`), value: currency === undefined ? written.count(count) : written.amount(bars.reduce((sum, bar) => sum + bar.amount, 0), currency),
          note: t('funnel.deals', { count }),
        };
      })} />
      {/* A deal that several share counts for each of them, its amount once. */}
      {bySplits ? <p className="dim">{t('splitsHint')}</p> : null}
      {unconverted > 0 ? <p className="dim">{t('unconverted', { count: unconverted })}</p> : null}
    </>
  );
}
