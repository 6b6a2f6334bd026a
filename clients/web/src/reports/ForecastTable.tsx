import { useTranslations } from 'next-intl';
import { Link } from '../routing/Link';
import { narrowedPath } from '../routing/places';
import { categories, countOf, currencyIn, dealsBehind, groupOf, monthsOf, type Forecast, type ReportWanted } from './reports';
import type { Written } from './useReport';
import { useGroupNames } from './useGroupNames';

interface Props {
  readonly forecast: Forecast;
  readonly weighted: boolean;
  readonly wanted: ReportWanted;
  readonly written: Written;
  /** Looks at one team or source alone. */
  readonly onOnly: (by: 'team' | 'source', group: string) => void;
}

/** The numbers behind the picture: a line for each month, and each owner, team or source where that was asked for. */
export function ForecastTable({ forecast, weighted, wanted, written, onOnly }: Props) {
  const [t, { by }] = [useTranslations('reports'), wanted];
  const nameOf = useGroupNames(by);
  const lines = forecast.lines ?? [];
  const currency = currencyIn(lines);
  const rows = by === ''
    ? monthsOf(lines, weighted).map((sums) => ({ group: undefined, sums }))
    : lines.map((line) => ({ group: groupOf(line, by), sums: monthsOf([line], weighted)[0]! })).toSorted((a, b) => (a.sums.month === b.sums.month ? b.sums.total - a.sums.total : a.sums.month < b.sums.month ? -1 : 1));
  const sum = (amount: number, count: number) => (currency === undefined ? written.count(count) : written.amount(amount, currency));
  return (
    <div className="grid-scroll" tabIndex={0} role="region" aria-label={t('forecast.title')}>
      <table className="grid report">
        <thead>
          <tr>
            <th scope="col">{t('forecast.month')}</th>{by === '' ? null : <th scope="col">{t(`bys.${by}`)}</th>}
            {categories.map((category) => <th key={category} scope="col" className="end">{t(`categories.${category}`)}</th>)}
            <th scope="col" className="end">{t('forecast.total')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ group, sums }, index) => {
            const deals = dealsBehind({ month: sums.month, group }, forecast, wanted);
            return (
              <tr key={`${index} ${sums.month}`}>
                <th scope="row">{deals === undefined ? written.month(sums.month) : <Link className="quiet" href={narrowedPath('deals.deal', deals)}>{written.month(sums.month)}</Link>}</th>
                {group === undefined ? null : <td>{by === '' || by === 'owner' || group === '' ? nameOf(group) : <button type="button" className="quiet" title={t('onlyThis')} onClick={() => onOnly(by, group)}>{nameOf(group)}</button>}</td>}
                {sums.bars.map((bar) => <td key={bar.category} className="end tabular">{sum(bar.amount, bar.dealCount)}</td>)}
                <td className="end tabular"><b>{sum(sums.total, countOf(sums))}</b></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
