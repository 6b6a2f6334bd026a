import { useTranslations } from 'next-intl';
import { GroupChart } from './GroupChart';
import { categories, countOf, currencyIn, groupsOf, type Forecast, type Grouping } from './reports';
import type { Written } from './useReport';
import { useGroupNames } from './useGroupNames';

/** What each owner, team or source brings over all months, the surest first; where amounts are hidden from the caller, deals are counted. */
export function ForecastGroups({ forecast, by, weighted, written }: { readonly forecast: Forecast; readonly by: Grouping; readonly weighted: boolean; readonly written: Written }) {
  const [t, nameOf] = [useTranslations('reports'), useGroupNames(by)];
  const lines = forecast.lines ?? [];
  const currency = currencyIn(lines);
  const said = (amount: number, count: number) => (currency === undefined ? written.count(count) : written.amount(amount, currency));
  const bars = groupsOf(lines, by, weighted).map(({ group, sums }) => ({
    group, name: nameOf(group), sum: said(sums.total, countOf(sums)), note: t('funnel.deals', { count: countOf(sums) }),
    parts: sums.bars.map(({ category, amount, dealCount }) => ({ kind: category, size: currency === undefined ? dealCount : amount, said: `${t(`categories.${category}`)}: ${said(amount, dealCount)}` })),
  }));
  return <GroupChart title={t(`groups.${by}`)} bars={bars} kinds={categories.map((category) => [category, t(`categories.${category}`)] as const)} />;
}
