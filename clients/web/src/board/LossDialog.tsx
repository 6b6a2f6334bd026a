import Dialog from '@mui/material/Dialog';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import type { Entry } from '../deals/people';
import type { Pipeline } from './board';
import type { Move } from './moves';

interface Props {
  readonly name: string;
  readonly pipeline: Pipeline | undefined;
  /** Who else bid for it. */
  readonly competitors: readonly Pick<Entry, 'id' | 'who'>[];
  readonly onLose: (why: Pick<Move, 'lossReasonId' | 'reason' | 'wonByCompetitorId'>) => void;
  readonly onClose: () => void;
}

/** Asks why a deal is lost before it is: that cannot be taken back. */
export function LossDialog({ name, pipeline, competitors, onLose, onClose }: Props) {
  const [t, id] = [useTranslations('board'), useId()];
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('');
  const [winner, setWinner] = useState('');
  const reasons = (pipeline?.lossReasons ?? []).filter((entry) => entry.archived !== true);
  const lose = (event: FormEvent) => {
    event.preventDefault();
    onLose({ ...(chosen === '' ? {} : { lossReasonId: chosen }), ...(reason.trim() === '' ? {} : { reason: reason.trim() }), ...(winner === '' ? {} : { wonByCompetitorId: winner }) });
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={lose}>
        <header><h2 id={`${id}-title`}>{t('lose', { name })}</h2></header>
        <div className="form-fields one">
          {reasons.length === 0 ? null : (
            <div className="form-field">
              <label htmlFor={`${id}-reason`}>{t('lossReason')}{pipeline?.requiresLossReason ? <span className="required" aria-hidden> *</span> : null}</label>
              <select id={`${id}-reason`} className="input" required={pipeline?.requiresLossReason ?? false} value={chosen} onChange={(event) => setChosen(event.target.value)}>
                <option value="" />
                {reasons.map((entry) => <option key={entry.id} value={entry.id}>{entry.name}</option>)}
              </select>
            </div>
          )}
          {competitors.length === 0 ? null : (
            <div className="form-field">
              <label htmlFor={`${id}-winner`}>{t('wonBy')}</label>
              <select id={`${id}-winner`} className="input" value={winner} onChange={(event) => setWinner(event.target.value)}>
                <option value="" />
                {competitors.map((entry) => <option key={entry.id} value={entry.id}>{entry.who}</option>)}
              </select>
            </div>
          )}
          <div className="form-field">
            <label htmlFor={`${id}-words`}>{t('lossWords')}</label>
            <textarea id={`${id}-words`} className="input area" rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
          </div>
        </div>
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
          <button type="submit" className="button primary">{t('loseIt')}</button>
        </footer>
      </form>
    </Dialog>
  );
}
