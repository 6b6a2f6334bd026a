import { useTranslations } from 'next-intl';
import { Link } from '../routing/Link';
import { narrowedPath } from '../routing/places';
import { stageBehind, type Funnel, type ReportWanted } from './reports';
import type { Written } from './useReport';

/** The numbers behind the picture. They are about the deals of some days, which no list tells apart; a stage leads to all that are in it. */
export function FunnelTable({ funnel, wanted, written }: { readonly funnel: Funnel; readonly wanted: ReportWanted; readonly written: Written }) {
  const t = useTranslations('reports');
  return (
    <div className="grid-scroll" tabIndex={0} role="region" aria-label={t('funnel.title')}>
      <table className="grid report">
        <thead>
          <tr>
            <th scope="col">{t('funnel.stage')}</th><th scope="col" className="end">{t('funnel.reached')}</th><th scope="col" className="end">{t('funnel.amount')}</th><th scope="col" className="end">{t('funnel.conversion')}</th>
            <th scope="col" className="end">{t('funnel.now')}</th><th scope="col" className="end">{t('funnel.median')}</th><th scope="col" className="end">{t('funnel.average')}</th>
          </tr>
        </thead>
        <tbody>
          {funnel.stages.map(({ stage, reachedCount, reachedAmount, conversion, currentCount = 0, medianDays, averageDays }) => (
            <tr key={stage.id}>
              <th scope="row">{wanted.asOf !== '' ? stage.name : <Link className="quiet" title={t('funnel.inStage')} href={narrowedPath('deals.deal', stageBehind(stage.id, wanted))}>{stage.name}</Link>}</th>
              <td className="end tabular">{written.count(reachedCount)}</td>
              <td className="end tabular">{written.money(reachedAmount)}</td>
              <td className="end tabular">{written.share(conversion)}</td>
              <td className="end tabular">{written.count(currentCount)}</td>
              <td className="end tabular">{written.days(medianDays)}</td>
              <td className="end tabular">{written.days(averageDays)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
