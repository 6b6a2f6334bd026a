import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { kindOfStage, type Stage } from './pipelines';

interface Props {
  readonly stages: readonly Stage[];
  readonly counts: ReadonlyMap<string, number> | undefined;
  readonly targets: readonly Stage[];
  readonly ways: Readonly<Record<string, string>>;
  readonly onChange: (ways: Readonly<Record<string, string>>) => void;
}

/** Where the deals go that are in a stage which is taken out; they may stay in it until somebody moves them. */
export function RemovedStages({ stages, counts, targets, ways, onChange }: Props) {
  const [t, id] = [useTranslations('pipelines'), useId()];
  if (stages.length === 0) return null;
  return (
    <section className="verdict" role="status">
      <h2>{t('removedStages')}</h2>
      {stages.map((stage) => (
        <div key={stage.id} className="stage-way">
          <label htmlFor={`${id}-${stage.id}`}>{t('dealsOf', { count: counts?.get(stage.id) ?? 0, name: stage.name })}</label>
          <select id={`${id}-${stage.id}`} className="input" value={ways[stage.id] ?? ''} onChange={(event) => onChange({ ...ways, [stage.id]: event.target.value })}>
            <option value="">{t('stay')}</option>
            {targets.filter((target) => target.id !== '' && kindOfStage(target) === 'OPEN' && kindOfStage(stage) === 'OPEN').map((target) => <option key={target.id} value={target.id}>{t('goTo', { name: target.name })}</option>)}
          </select>
        </div>
      ))}
    </section>
  );
}
