import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Resource } from '../api/api';
import { useOffer } from '../commands/offers';
import { iconOfAct } from './icons';
import { actsOf, type Act } from './kinds';
import type { Picking } from './usePicked';

interface Props {
  readonly resource: Resource;
  readonly picking: Picking;
  /** How many records are loaded, and whether there are more. */
  readonly loaded: number;
  readonly hasMore: boolean;
  readonly onAct: (act: Act) => void;
  readonly onLeave: () => void;
}

/** As many as are read side by side, to say which one stays. */
const mostMerged = 50;

/** What can be done with the records that are chosen; the commands have the same. */
export function BulkBar({ resource, picking, loaded, hasMore, onAct, onLeave }: Props) {
  const t = useTranslations('bulk');
  const { picked, rows } = picking;
  const beyond = picked.all && hasMore;
  const acts = actsOf(resource).filter((entry) => entry !== 'merge' || (!beyond && rows.length > 1 && rows.length <= mostMerged));
  const said = beyond ? t('allFound') : t('chosen', { count: rows.length });
  useOffer(acts.map((entry) => ({ id: `act ${entry}`, group: 'act', label: t(`acts.${entry}`), hint: said, run: () => onAct(entry) })));
  return (
    <section className="bulk-bar" aria-label={t('bar')}>
      <p role="status">{said}</p>
      {picked.all || (rows.length === loaded && !hasMore) ? null : <button type="button" className="button ghost" onClick={hasMore ? picking.pickAll : picking.pickLoaded}>{hasMore ? t('pickAll') : t('pickLoaded', { count: loaded })}</button>}
      <span className="grow" />
      <div className="bulk-acts">
        {acts.map((entry) => {
          const Icon = iconOfAct[entry];
          return <button key={entry} type="button" className={`button${entry === 'delete' ? ' danger' : ''}`} onClick={() => onAct(entry)}><Icon size={15} aria-hidden />{t(`acts.${entry}`)}</button>;
        })}
      </div>
      <button type="button" className="icon-button" aria-label={t('clear')} title={t('clear')} onClick={onLeave}><X size={16} aria-hidden /></button>
    </section>
  );
}
