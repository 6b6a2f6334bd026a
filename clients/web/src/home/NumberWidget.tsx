import { useLocale, useTranslations } from 'next-intl';
import type { Widget } from './dashboards';
import { figuresIn } from './figures';
import { isCount, type Tally } from './tally';

/** One figure, with what is not in it. Only what grows with each record is more than what it says. */
export function NumberWidget({ widget, tally }: { readonly widget: Widget; readonly tally: Tally }) {
  const locale = useLocale();
  const value = tally.parts[0]?.value ?? 0;
  const counts = isCount(widget);
  const grows = counts || widget.aggregation?.function === 'AGGREGATE_FUNCTION_SUM';
  return (
    <div className="widget-number">
      <b className="tabular" title={figuresIn(locale).whole(value, tally.currency)}>{figuresIn(locale).short(value, tally.currency)}{tally.more && grows ? '+' : ''}</b>
      {counts ? null : <Reservations tally={tally} />}
    </div>
  );
}

/** What a figure does not say: records beyond those that were read, and money that could not be converted. */
export function Reservations({ tally }: { readonly tally: Tally }) {
  const t = useTranslations('home');
  const said = [...(tally.more ? [t('firstOnly', { count: tally.read ?? 0 })] : []), ...(tally.left > 0 ? [t('left', { count: tally.left })] : [])];
  return said.length === 0 ? null : <small className="dim">{said.join(' · ')}</small>;
}
