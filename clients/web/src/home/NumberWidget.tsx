import { useLocale, useTranslations } from 'next-intl';
import { figuresIn } from './figures';
import { mostRead, type Tally } from './tally';

/** One figure, with what is not in it. */
export function NumberWidget({ tally }: { readonly tally: Tally }) {
  const locale = useLocale();
  const value = tally.parts[0]?.value ?? 0;
  return (
    <div className="widget-number">
      <b className="tabular" title={figuresIn(locale).whole(value, tally.currency)}>{figuresIn(locale).short(value, tally.currency)}{tally.more ? '+' : ''}</b>
      <Reservations tally={tally} />
    </div>
  );
}

/** What a figure does not say: records beyond those that were read, and money that could not be converted. */
export function Reservations({ tally }: { readonly tally: Tally }) {
  const t = useTranslations('home');
  const said = [...(tally.more ? [t('firstOnly', { count: mostRead })] : []), ...(tally.left > 0 ? [t('left', { count: tally.left })] : [])];
  return said.length === 0 ? null : <small className="dim">{said.join(' · ')}</small>;
}
