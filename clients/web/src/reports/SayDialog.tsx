import Dialog from '@mui/material/Dialog';
import { ApiProblem } from '@platform/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { call } from '../api/api';
import { saidOf } from '../api/told';
import { Labelled, faulty } from '../settings/objects/Labelled';
import { useNotice } from '../ui/Notice';
import { saidQuery, type RollupSum } from './rollup';
import { useGroupNames } from './useGroupNames';
import type { Written } from './useReport';

interface Props {
  readonly period: string;
  readonly userId: string;
  readonly sum: RollupSum;
  readonly written: Written;
  readonly onClose: () => void;
}

/** Asks what a person with everybody below will bring, instead of what the deals come to, and shows all that was said before. */
export function SayDialog({ period, userId, sum, written, onClose }: Props) {
  const [t, id, nameOf] = [useTranslations('reports'), useId(), useGroupNames('owner')];
  const [amount, setAmount] = useState(sum.override?.amount?.amount ?? '');
  const [note, setNote] = useState('');
  const say = useSay(period, userId, sum, onClose);
  const fault = say.error instanceof ApiProblem ? say.error.errors.find(({ field }) => field.startsWith('amount')) : undefined;
  const stale = say.error instanceof ApiProblem && say.error.code === 'STALE_ETAG';
  const problem = say.isError && fault === undefined ? (stale ? t('rollup.stale') : saidOf(say.error)) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    say.mutate({ amount: amount.trim().replace(',', '.'), note: note.trim() });
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit}>
        <header><h2 id={`${id}-title`}>{t('rollup.say', { name: nameOf(userId), category: t(`categories.${sum.category}`) })}</h2></header>
        <div className="form-fields one">
          <p className="dim">{t('rollup.comeTo', { amount: written.money(sum.teamAmount) })}</p>
          <Labelled id={`${id}-amount`} label={t('rollup.amount', { currency: sum.forecast.currency })} fault={fault?.message} required>
            <input {...faulty(`${id}-amount`, fault?.message)} className="input tabular" inputMode="decimal" autoComplete="off" autoFocus required value={amount} onChange={(event) => setAmount(event.target.value)} />
          </Labelled>
          <Labelled id={`${id}-note`} label={t('rollup.why')}>
            <textarea id={`${id}-note`} className="input area" rows={2} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />
          </Labelled>
          {problem === undefined ? null : <p className="fault" role="alert">{problem}</p>}
          <History userId={userId} period={period} sum={sum} written={written} />
        </div>
        <footer>
          {sum.override === undefined ? null : <button type="button" className="button ghost" disabled={say.isPending} onClick={() => say.mutate({ amount: '', note: note.trim() })}>{t('rollup.takeAway')}</button>}
          <span className="grow" />
          <button type="button" className="button ghost" onClick={onClose}>{t('rollup.cancel')}</button>
          <button type="submit" className="button primary" disabled={say.isPending}>{t('rollup.save')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

/** All that was said, the latest first. */
function History({ userId, period, sum, written }: Pick<Props, 'userId' | 'period' | 'sum' | 'written'>) {
  const [t, format, nameOf] = [useTranslations('reports'), useFormatter(), useGroupNames('owner')];
  const history = useQuery(saidQuery(call, userId, period, sum.category)).data ?? [];
  return history.length === 0 ? null : (
    <section className="said" aria-label={t('rollup.history')}>
      <h3>{t('rollup.history')}</h3>
      <ul>
        {history.map((one) => (
          <li key={one.id}>
            <b className="tabular">{one.amount === undefined ? t('rollup.takenAway') : written.money(one.amount)}</b>
            <span className="dim">{one.setBy === undefined || one.setBy === '' ? '' : `${nameOf(one.setBy)}, `}{format.dateTime(new Date(one.setTime), { dateStyle: 'medium', timeStyle: 'short' })}</span>
            {one.note === undefined || one.note === '' ? null : <span>{one.note}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function useSay(period: string, userId: string, sum: RollupSum, onClose: () => void) {
  const [t, client, tell] = [useTranslations('reports'), useQueryClient(), useNotice()];
  return useMutation({
    mutationFn: ({ amount, note }: { readonly amount: string; readonly note: string }) => call('POST', '/api/v1/deals:overrideForecast', {
      body: { userId, period, category: sum.category, note, etag: sum.etag, ...(amount === '' ? {} : { amount: { amount, currency: sum.forecast.currency } }) },
    }),
    onSuccess: () => {
      tell({ text: t('rollup.said') });
      onClose();
    },
    // Also what was refused because somebody else has said something.
    onSettled: () => client.invalidateQueries({ queryKey: ['report', 'rollup'] }),
  });
}
