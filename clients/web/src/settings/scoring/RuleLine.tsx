import { ArrowUp, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Resource } from '../../api/api';
import { FilterField } from '../objects/FilterField';
import { faulty, Labelled } from '../objects/Labelled';
import { pointsOf, ruleFault, signed, type ScoringRule } from './scoring';

interface Props {
  readonly id: string;
  readonly rule: ScoringRule;
  readonly number: number;
  readonly at: number;
  readonly leads: Resource;
  readonly writes: boolean;
  readonly faults: ReadonlyMap<string, string>;
  readonly onChange: (parts: Partial<ScoringRule>) => void;
  readonly onRaise: () => void;
  readonly onRemove: () => void;
}

/** A rule: what it is called, what it gives, and which leads it holds for. */
export function RuleLine({ id, rule, number, at, leads, writes, faults, onChange, onRaise, onRemove }: Props) {
  const t = useTranslations('scoring');
  // As it is being written: a sign alone is no number yet.
  const [points, setPoints] = useState(String(rule.points));
  const called = rule.name || String(number);
  if (!writes) {
    return (
      <li className="pair form-card">
        <div className="pair-names"><h2 className="truncate">{rule.name}</h2><span className="pill">{signed(rule.points)}</span></div>
        <p className="dim">{rule.filter === '' ? t('every') : <code>{rule.filter}</code>}</p>
      </li>
    );
  }
  const [nameFault, pointsFault] = [ruleFault(faults, at, 'name'), ruleFault(faults, at, 'points')];
  return (
    <li className="pair form-card">
      <div className="score-line">
        <Labelled id={`${id}-name`} label={t('name')} fault={nameFault} required><input {...faulty(`${id}-name`, nameFault)} className="input" autoComplete="off" autoFocus={rule.name === ''} maxLength={100} value={rule.name} onChange={(event) => onChange({ name: event.target.value })} /></Labelled>
        <Labelled id={`${id}-points`} label={t('points')} fault={pointsFault} required>
          <input {...faulty(`${id}-points`, pointsFault)} className="input" inputMode="text" autoComplete="off" maxLength={4} value={points} onChange={(event) => { setPoints(event.target.value); onChange({ points: pointsOf(event.target.value) }); }} />
        </Labelled>
        <div className="choice-does">
          <button type="button" className="icon-button" aria-label={t('up', { name: called })} disabled={number === 1} onClick={onRaise}><ArrowUp size={14} aria-hidden /></button>
          <button type="button" className="icon-button" aria-label={t('remove', { name: called })} onClick={onRemove}><X size={14} aria-hidden /></button>
        </div>
      </div>
      <div className="form-field wide"><span id={`${id}-filter`} className="form-label">{t('condition')}</span><FilterField resource={leads} labelledBy={`${id}-filter`} filter={rule.filter} fault={ruleFault(faults, at, 'filter')} onFilter={(filter) => onChange({ filter })} /></div>
    </li>
  );
}
