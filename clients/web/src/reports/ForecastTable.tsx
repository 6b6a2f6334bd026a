import { useTranslations } from 'next-intl';
import { useMembers } from '../fields/user';
import { Link } from '../routing/Link';
import { narrowedPath } from '../routing/places';
import { categories, currencyIn, dealsBehind, monthsOf, type Forecast } from './reports';
import type { Written } from './useReport';

interface Props {
  readonly forecast: Forecast;
  readonly weighted: boolean;
  readonly byOwner: boolean;
  /** Of which pipeline it is; empty for all. */
  readonly pipeline: string;
  readonly written: Written;
}

/** The numbers behind the picture: a line for each month, and each owner where that was asked for. */
export function ForecastTable({ forecast, weighted, byOwner, pipeline, written }: Props) {
  const [t, members] = [useTranslations('reports'), useMembers()];
  const lines = forecast.lines ?? [];
  const currency = currencyIn(lines);
  const ownerOf = (id: string | undefined) => (!id ? t('forecast.noOwner') : (members?.find((member) => member.userId === id)?.displayName ?? id.slice(0, 8)));
  const rows = byOwner
    ? lines.map((line) => ({ owner: ownerOf(line.ownerId), ownerId: line.ownerId ?? '', sums: monthsOf([line], weighted)[0]! })).toSorted((a, b) => (a.sums.month === b.sums.month ? b.sums.total - a.sums.total : a.sums.month < b.sums.month ? -1 : 1))
    : monthsOf(lines, weighted).map((sums) => ({ owner: '', ownerId: undefined, sums }));
  const sum = (amount: number, count: number) => (currency === undefined ? written.count(count) : written.amount(amount, currency));
  return (
    <div className="grid-scroll" tabIndex={0} role="region" aria-label={t('forecast.title')}>
      <table className="grid report">
        <thead>
          <tr>
            <th scope="col">{t('forecast.month')}</th>{byOwner ? <th scope="col">{t('forecast.owner')}</th> : null}
            {categories.map((category) => <th key={category} scope="col" className="end">{t(`categories.${category}`)}</th>)}
            <th scope="col" className="end">{t('forecast.total')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ owner, ownerId, sums: { month, bars, total } }, index) => (
            <tr key={`${index} ${month}`}>
              <th scope="row"><Link className="quiet" href={narrowedPath('deals.deal', dealsBehind({ month, ownerId }, forecast, pipeline))}>{written.month(month)}</Link></th>
              {byOwner ? <td>{owner}</td> : null}
              {bars.map((bar) => <td key={bar.category} className="end tabular">{sum(bar.amount, bar.dealCount)}</td>)}
              <td className="end tabular"><b>{sum(total, bars.reduce((count, bar) => count + bar.dealCount, 0))}</b></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
