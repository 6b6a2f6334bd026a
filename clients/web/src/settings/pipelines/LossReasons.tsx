import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { swapped, type Draft, type LossReason } from './pipelines';

interface Props {
  readonly reasons: readonly LossReason[];
  readonly required: boolean;
  readonly faults: ReadonlyMap<string, string>;
  readonly onChange: (parts: Partial<Draft>) => void;
}

/** Why deals are lost, in the order in which that is offered. */
export function LossReasons({ reasons, required, faults, onChange }: Props) {
  const t = useTranslations('pipelines');
  const set = (lossReasons: readonly LossReason[]) => onChange({ lossReasons });
  return (
    <section className="tw:grid tw:gap-2 tw:max-w-md">
      <h2 className="section-title">{t('lossReasons')}</h2>
      <label className="check-line"><input type="checkbox" checked={required} onChange={(event) => onChange({ requiresLossReason: event.target.checked })} /><span>{t('reasonNeeded')}</span></label>
      <ol className="tw:grid tw:gap-2">
        {reasons.map((reason, index) => {
          const said = [...faults].find(([part]) => part.startsWith(`lossReasons[${index}]`))?.[1];
          const name = reason.name || `${index + 1}`;
          return (
            <li key={reason.id || `new ${index}`} className="reason-line">
              <input className="input" aria-label={t('reason', { number: index + 1 })} autoFocus={reason.id === '' && reason.name === ''} maxLength={100} autoComplete="off" value={reason.name} aria-invalid={said !== undefined} onChange={(event) => set(reasons.map((entry, at) => (at === index ? { ...entry, name: event.target.value } : entry)))} />
              <button type="button" className="icon-button" disabled={index === 0} aria-label={t('up', { name })} onClick={() => set(swapped(reasons, index, index - 1))}><ArrowUp size={14} aria-hidden /></button>
              <button type="button" className="icon-button" disabled={index === reasons.length - 1} aria-label={t('down', { name })} onClick={() => set(swapped(reasons, index, index + 1))}><ArrowDown size={14} aria-hidden /></button>
              <button type="button" className="icon-button" aria-label={t('remove', { name })} onClick={() => set(reasons.filter((_reason, at) => at !== index))}><X size={14} aria-hidden /></button>
              {said === undefined ? null : <p className="fault" role="alert">{said}</p>}
            </li>
          );
        })}
      </ol>
      <div><button type="button" className="button ghost add" onClick={() => set([...reasons, { id: '', name: '', archived: false }])}><Plus size={15} aria-hidden />{t('addReason')}</button></div>
    </section>
  );
}
