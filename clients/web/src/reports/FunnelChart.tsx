import { useTranslations } from 'next-intl';
import type { Funnel } from './reports';
import type { Written } from './useReport';

/** How many deals have come to each stage, one bar below the other; a screen reader hears the same in one sentence, and there is the table. */
export function FunnelChart({ funnel, written }: { readonly funnel: Funnel; readonly written: Written }) {
  const t = useTranslations('reports');
  const stages = funnel.stages.filter((entry) => entry.stage.archived !== true || (entry.reachedCount ?? 0) > 0);
  const most = Math.max(1, ...stages.map((entry) => entry.reachedCount ?? 0));
  const said = stages.map(({ stage, reachedCount }) => `${stage.name}: ${written.count(reachedCount)}`).join(', ');
  return (
    <figure className="chart funnel" role="img" aria-label={`${t('funnel.reached')}. ${said}`}>
      {stages.map(({ stage, reachedCount = 0, reachedAmount, conversion, medianDays }) => (
        <div key={stage.id} className="funnel-row" data-kind={stage.kind}>
          <span className="funnel-name truncate">{stage.name}</span>
          <span className="funnel-track">{reachedCount === 0 ? null : <span className="funnel-bar" style={{ width: `${(reachedCount / most) * 100}%` }} />}</span>
          <span className="funnel-count tabular">{written.count(reachedCount)}</span>
          <span className="funnel-amount tabular">{reachedAmount === undefined ? '' : written.money(reachedAmount)}</span>
          <span className="funnel-share tabular" title={t('funnel.conversion')}>{conversion === undefined || stage.kind === 'STAGE_KIND_LOST' ? '' : written.share(conversion)}</span>
          <span className="funnel-days tabular dim" title={t('funnel.median')}>{medianDays === undefined ? '' : written.days(medianDays)}</span>
        </div>
      ))}
      <figcaption className="dim">{t('funnel.caption')}</figcaption>
    </figure>
  );
}
