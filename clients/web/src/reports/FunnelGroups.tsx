import { useTranslations } from 'next-intl';
import { ChartSwitch } from './ChartSwitch';
import { GroupChart } from './GroupChart';
import { groupOf, type Funnel, type Grouping } from './reports';
import type { Written } from './useReport';
import { useGroupNames } from './useGroupNames';

interface Props {
  readonly funnel: Funnel;
  readonly by: Grouping;
  readonly written: Written;
  readonly asTable: boolean;
  readonly onTable: (asTable: boolean) => void;
  /** Looks at one of them alone. */
  readonly onOnly: (by: 'team' | 'source', group: string) => void;
}

/** What became of the deals of each owner, team or source. */
export function FunnelGroups(props: Props) {
  const t = useTranslations('reports');
  const { by, asTable, onTable } = props;
  return (
    <section className="tw:grid tw:gap-3">
      <div className="tw:flex tw:items-center tw:justify-between tw:gap-3"><h2 className="section-title">{t(`groups.${by}`)}</h2><ChartSwitch asTable={asTable} onChange={onTable} /></div>
      {asTable ? <GroupTable {...props} /> : <Picture {...props} />}
    </section>
  );
}

function Picture({ funnel, by, written }: Props) {
  const [t, nameOf] = [useTranslations('reports'), useGroupNames(by)];
  const kinds = [['won', t('funnel.won')], ['open', t('funnel.open')], ['lost', t('funnel.lost')]] as const;
  const bars = (funnel.owners ?? []).map((line) => {
    const counts = { won: line.wonCount ?? 0, open: line.openCount ?? 0, lost: line.lostCount ?? 0 };
    return {
      group: groupOf(line, by), name: nameOf(groupOf(line, by)), sum: t('funnel.deals', { count: counts.won + counts.open + counts.lost }), note: line.winRate === undefined ? '' : written.share(line.winRate),
      parts: kinds.map(([kind, label]) => ({ kind, size: counts[kind], said: `${label}: ${written.count(counts[kind])}` })),
    };
  });
  return <GroupChart title={t(`groups.${by}`)} bars={bars} kinds={kinds} caption={t('funnel.groupsCaption')} />;
}

/** The numbers behind the picture; a team or a source leads to the report about it alone. */
function GroupTable({ funnel, by, written, onOnly }: Props) {
  const [t, nameOf] = [useTranslations('reports'), useGroupNames(by)];
  return (
    <div className="grid-scroll" tabIndex={0} role="region" aria-label={t(`groups.${by}`)}>
      <table className="grid report">
        <thead>
          <tr>
            <th scope="col">{t(`bys.${by}`)}</th><th scope="col" className="end">{t('funnel.won')}</th><th scope="col" className="end">{t('funnel.open')}</th><th scope="col" className="end">{t('funnel.lost')}</th><th scope="col" className="end">{t('funnel.winRate')}</th>
            <th scope="col" className="end">{t('funnel.wonAmount')}</th><th scope="col" className="end">{t('funnel.openAmount')}</th><th scope="col" className="end">{t('forecast.weighted')}</th><th scope="col" className="end">{t('funnel.lostAmount')}</th>
          </tr>
        </thead>
        <tbody>
          {(funnel.owners ?? []).map((line) => {
            const group = groupOf(line, by);
            return (
              <tr key={group}>
                <th scope="row">{by === 'owner' || group === '' ? nameOf(group) : <button type="button" className="quiet" title={t('onlyThis')} onClick={() => onOnly(by, group)}>{nameOf(group)}</button>}</th>
                <td className="end tabular">{written.count(line.wonCount)}</td>
                <td className="end tabular">{written.count(line.openCount)}</td>
                <td className="end tabular">{written.count(line.lostCount)}</td>
                <td className="end tabular">{written.share(line.winRate)}</td>
                <td className="end tabular">{written.money(line.wonAmount)}</td>
                <td className="end tabular">{written.money(line.openAmount)}</td>
                <td className="end tabular">{written.money(line.weightedAmount)}</td>
                <td className="end tabular">{written.money(line.lostAmount)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
