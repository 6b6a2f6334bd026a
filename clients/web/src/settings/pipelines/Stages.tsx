import { ArrowDown, ArrowUp, ChevronDown, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { Resource } from '../../api/api';
import { kindOfStage, mayGo, swapped, withNew, type Stage } from './pipelines';
import { StageNeeds } from './StageNeeds';

interface Props {
  readonly stages: readonly Stage[];
  readonly counts: ReadonlyMap<string, number> | undefined;
  readonly deal: Resource | undefined;
  readonly faults: ReadonlyMap<string, string>;
  readonly onChange: (stages: readonly Stage[]) => void;
}

/** The stages in the order in which deals go through them. */
export function Stages({ stages, onChange, ...known }: Props) {
  const t = useTranslations('pipelines');
  return (
    <section className="tw:grid tw:gap-2">
      <h2 className="section-title">{t('stages')}</h2>
      <ol className="stage-list">
        {stages.map((stage, index) => (
          <StageLine key={stage.id || `new ${index}`} {...known} stage={stage} index={index} last={index === stages.length - 1} removable={mayGo(stages, stage)} onChange={(next) => onChange(stages.map((entry, at) => (at === index ? next : entry)))}
            onSwap={(step) => onChange(swapped(stages, index, index + step))} onRemove={() => onChange(stages.filter((_stage, at) => at !== index))} />
        ))}
      </ol>
      <div><button type="button" className="button ghost add" onClick={() => onChange(withNew(stages))}><Plus size={15} aria-hidden />{t('addStage')}</button></div>
    </section>
  );
}

interface LineProps extends Omit<Props, 'stages' | 'onChange'> {
  readonly stage: Stage;
  readonly index: number;
  readonly last: boolean;
  readonly removable: boolean;
  readonly onChange: (stage: Stage) => void;
  readonly onSwap: (step: 1 | -1) => void;
  readonly onRemove: () => void;
}

const categories = ['OMITTED', 'PIPELINE', 'BEST_CASE', 'COMMIT'] as const;

function StageLine({ stage, index, last, removable, counts, deal, faults, onChange, onSwap, onRemove }: LineProps) {
  const [t, id] = [useTranslations('pipelines'), useId()];
  const [open, setOpen] = useState(false);
  const [kind, name] = [kindOfStage(stage), stage.name || `${index + 1}`];
  const set = (parts: Partial<Stage>) => onChange({ ...stage, ...parts });
  const said = [...faults].find(([part]) => part === `stages[${index}]` || part.startsWith(`stages[${index}].`))?.[1];
  const needs = stage.requiredFields.length + stage.requiredActivities.length + stage.exitFields.length + stage.exitActivities.length;
  const count = counts?.get(stage.id) ?? 0;
  return (
    <li><div className="stage-line" data-kind={kind} role="group" aria-label={name}>
      <div className="stage-main">
        <div className="form-field"><label htmlFor={`${id}-name`}>{t(`kinds.${kind}`)}{count > 0 ? ` · ${t('deals', { count })}` : ''}</label><input id={`${id}-name`} className="input" maxLength={100} autoComplete="off" autoFocus={stage.id === ''} value={stage.name} aria-invalid={said !== undefined} aria-describedby={said === undefined ? undefined : `${id}-fault`} onChange={(event) => set({ name: event.target.value })} /></div>
        <div className="form-field"><label htmlFor={`${id}-probability`}>{t('probability')}</label><input id={`${id}-probability`} className="input tabular" type="number" min={0} max={100} disabled={kind !== 'OPEN'} value={kind === 'WON' ? 100 : kind === 'LOST' ? 0 : (stage.probability ?? '')} onChange={(event) => set({ probability: Number(event.target.value) })} /></div>
        <div className="form-field">
          <label htmlFor={`${id}-category`}>{t('category')}</label>
          <select id={`${id}-category`} className="input" disabled={kind !== 'OPEN'} value={stage.forecastCategory} onChange={(event) => set({ forecastCategory: event.target.value as Stage['forecastCategory'] })}>
            {kind === 'WON' ? <option value={stage.forecastCategory}>{t('categories.CLOSED')}</option> : categories.map((key) => <option key={key} value={`FORECAST_CATEGORY_${key}`}>{t(`categories.${key}`)}</option>)}
          </select>
        </div>
        <div className="form-field"><label htmlFor={`${id}-rotting`}>{t('rotting')}</label><input id={`${id}-rotting`} className="input tabular" type="number" min={0} max={3650} disabled={kind !== 'OPEN'} placeholder="—" value={stage.rottingDays === 0 ? '' : stage.rottingDays} onChange={(event) => set({ rottingDays: Number(event.target.value) })} /></div>
        <div className="stage-does">
          <button type="button" className="icon-button" disabled={index === 0} aria-label={t('up', { name })} onClick={() => onSwap(-1)}><ArrowUp size={14} aria-hidden /></button>
          <button type="button" className="icon-button" disabled={last} aria-label={t('down', { name })} onClick={() => onSwap(1)}><ArrowDown size={14} aria-hidden /></button>
          <button type="button" className="icon-button" disabled={!removable} aria-label={t('remove', { name })} onClick={onRemove}><X size={15} aria-hidden /></button>
        </div>
      </div>
      {said === undefined ? null : <p id={`${id}-fault`} className="fault" role="alert">{said}</p>}
      <button type="button" className="button ghost needs-open" aria-expanded={open} onClick={() => setOpen(!open)}><ChevronDown size={14} aria-hidden />{needs === 0 ? t('asksNothing') : t('asks', { count: needs })}</button>
      {open ? <StageNeeds stage={stage} deal={deal} withExit={kind === 'OPEN'} onChange={set} /> : null}
    </div></li>
  );
}
