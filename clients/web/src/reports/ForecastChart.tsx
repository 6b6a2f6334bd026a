import { useTranslations } from 'next-intl';
import { useWidth } from '../ui/useWidth';
import { categories, topOf, type MonthOf } from './reports';
import type { Written } from './useReport';

const [height, foot] = [260, 26];
const steps = [0, 0.2, 0.4, 0.6, 0.8, 1];

interface Props {
  readonly months: readonly MonthOf[];
  readonly currency: string | undefined;
  readonly written: Written;
}

/** A column for each month, the surest at its foot; where amounts are hidden from the caller, deals are counted. */
export function ForecastChart({ months, currency, written }: Props) {
  const t = useTranslations('reports');
  const [figure, width] = useWidth(720);
  const sizeOf = (bar: MonthOf['bars'][number]) => (currency === undefined ? bar.dealCount : bar.amount);
  const heights = months.map((month) => month.bars.reduce((sum, bar) => sum + sizeOf(bar), 0));
  const top = topOf(Math.max(...heights, 0));
  const room = height - foot - 10;
  // As much as the longest of the numbers at the side needs.
  const side = Math.max(52, 16 + 6.6 * Math.max(...steps.map((step) => written.short(top * step).length)));
  const y = (value: number) => 10 + room - (value / top) * room;
  const each = (width - side) / months.length;
  const thick = Math.min(64, each * 0.6);
  const said = months.map((month, index) => `${written.month(month.month)}: ${written.amount(heights[index]!, currency)}`).join(', ');
  return (
    <figure className="chart" ref={figure}>
      <svg viewBox={`0 0 ${width} ${height}`} height={height} role="img" aria-label={`${t('forecast.title')}. ${said}`}>
        {steps.map((step) => (
          <g key={step}>
            <line className="chart-line" x1={side} x2={width} y1={y(top * step)} y2={y(top * step)} />
            <text className="chart-text" x={side - 8} y={y(top * step) + 4} textAnchor="end">{written.short(top * step)}</text>
          </g>
        ))}
        {months.map((month, index) => {
          const x = side + each * index + (each - thick) / 2;
          return (
            <g key={month.month}>
              {month.bars.map((bar, at) => {
                const below = month.bars.slice(0, at).reduce((sum, entry) => sum + sizeOf(entry), 0);
                const size = sizeOf(bar);
                return size === 0 ? null : (
                  <rect key={bar.category} className="chart-bar" data-category={bar.category} x={x} width={thick} y={y(below + size)} height={Math.max(1, y(below) - y(below + size) - 1)} rx={2}>
                    <title>{`${t(`categories.${bar.category}`)}: ${written.amount(size, currency)}`}</title>
                  </rect>
                );
              })}
              <text className="chart-text" x={x + thick / 2} y={height - 8} textAnchor="middle">{written.month(month.month)}</text>
            </g>
          );
        })}
      </svg>
      <figcaption className="legend">
        {categories.map((category) => <span key={category}><i className="chart-key" data-category={category} />{t(`categories.${category}`)}</span>)}
      </figcaption>
    </figure>
  );
}
