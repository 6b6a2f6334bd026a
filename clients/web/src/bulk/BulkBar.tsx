import { X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Resource } from '../api/api';
import { useOffer } from '../commands/offers';
import type { Column } from '../records/columns';
import { iconOfAct } from './icons';
import { actsOf, kindFor, type Act } from './kinds';
import type { Chosen } from './order';
import type { Picking } from './usePicked';

const BulkDialog = dynamic(() => import('./BulkDialog').then((file) => file.BulkDialog));

interface Props {
  readonly resource: Resource;
  readonly picking: Picking;
  /** What the list is narrowed to. */
  readonly filter: string;
  /** How many records are loaded, and whether there are more. */
  readonly loaded: number;
  readonly hasMore: boolean;
  readonly columns: readonly Column[];
}

/** As many as are read side by side, to say which one stays. */
const mostMerged = 50;

/** Back to the table, where what had the focus is gone. */
const toTable = () => requestAnimationFrame(() => document.querySelector<HTMLElement>('.table [role=gridcell][tabindex="0"]')?.focus());

/** What can be done with the records that are chosen; the commands have the same. */
export function BulkBar({ resource, picking, filter, loaded, hasMore, columns }: Props) {
  const [t, timeZone] = [useTranslations('bulk'), useTimeZone() ?? 'UTC'];
  const [act, setAct] = useState<Act>();
  const { picked, rows } = picking;
  const [kind, beyond] = [kindFor(resource), picked.all && hasMore];
  const acts = actsOf(resource).filter((entry) => entry !== 'merge' || (!beyond && rows.length > 1 && rows.length <= mostMerged));
  useOffer(acts.map((entry) => ({ id: `act ${entry}`, group: 'act', label: t(`acts.${entry}`), hint: beyond ? t('allFound') : t('chosen', { count: rows.length }), run: () => setAct(entry) })));
  const leave = () => {
    picking.clear();
    toTable();
  };
  const chosen: Chosen = picked.all ? { filter, timeZone } : { ids: rows.map(({ id }) => id) };
  return (
    <section className="bulk-bar" aria-label={t('bar')}>
      <p role="status">{beyond ? t('allFound') : t('chosen', { count: rows.length })}</p>
      {picked.all || (rows.length === loaded && !hasMore) ? null : <button type="button" className="button ghost" onClick={picking.pickAll}>{hasMore ? t('pickAll') : t('pickLoaded', { count: loaded })}</button>}
      <span className="grow" />
      <div className="bulk-acts">
        {acts.map((entry) => {
          const Icon = iconOfAct[entry];
          return <button key={entry} type="button" className={`button${entry === 'delete' ? ' danger' : ''}`} onClick={() => setAct(entry)}><Icon size={15} aria-hidden />{t(`acts.${entry}`)}</button>;
        })}
      </div>
      <button type="button" className="icon-button" aria-label={t('clear')} title={t('clear')} onClick={leave}><X size={16} aria-hidden /></button>
      {act === undefined || kind === undefined ? null : (
        <BulkDialog act={act} resource={resource} kind={kind} chosen={chosen} rows={rows} beyond={beyond} columns={columns} onClose={() => setAct(undefined)} onBegun={() => { setAct(undefined); leave(); }} />
      )}
    </section>
  );
}
