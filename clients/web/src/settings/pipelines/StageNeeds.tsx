import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { Resource } from '../../api/api';
import { Picker } from '../../ui/Picker';
import type { Requirement, Stage } from './pipelines';

interface Props {
  readonly stage: Stage;
  readonly deal: Resource | undefined;
  /** What ends a deal is not left any more. */
  readonly withExit: boolean;
  readonly onChange: (parts: Partial<Stage>) => void;
}

/** What a deal has to have, and what has to be done with it, before it comes to a stage and before it goes on. */
export function StageNeeds({ stage, deal, withExit, onChange }: Props) {
  const t = useTranslations('pipelines');
  return (
    <div className="stage-needs">
      <Needs title={t('toCome')} deal={deal} fields={stage.requiredFields} activities={stage.requiredActivities} onFields={(requiredFields) => onChange({ requiredFields })} onActivities={(requiredActivities) => onChange({ requiredActivities })} />
      {withExit ? <Needs title={t('toGo')} deal={deal} fields={stage.exitFields} activities={stage.exitActivities} onFields={(exitFields) => onChange({ exitFields })} onActivities={(exitActivities) => onChange({ exitActivities })} /> : null}
    </div>
  );
}

interface NeedsProps {
  readonly title: string;
  readonly deal: Resource | undefined;
  readonly fields: readonly string[];
  readonly activities: readonly Requirement[];
  readonly onFields: (fields: string[]) => void;
  readonly onActivities: (activities: Requirement[]) => void;
}

const kinds = ['NOTE', 'CALL', 'MEETING', 'EMAIL', 'TASK'] as const;

function Needs({ title, deal, fields, activities, onFields, onActivities }: NeedsProps) {
  const [t, id] = [useTranslations('pipelines'), useId()];
  const among = (deal?.fields ?? []).filter((field) => !field.outputOnly && !['id', 'stage_id', 'pipeline_id', 'status', 'custom_fields', 'etag'].includes(field.path));
  const label = (path: string) => deal?.fields.find((field) => field.path === path)?.label ?? path;
  const free = kinds.filter((kind) => !activities.some((entry) => entry.kind === `ACTIVITY_KIND_${kind}`));
  return (
    <section className="tw:grid tw:gap-2 tw:content-start">
      <h3 className="form-label">{title}</h3>
      <label className="dim" htmlFor={id}>{t('fields')}<span className="unseen">: {title}</span></label>
      {deal === undefined ? null : <Picker id={id} many options={among.map((entry) => ({ key: entry.path, label: entry.label }))} chosen={fields.map((path) => ({ key: path, label: label(path) }))} onPick={(picked) => onFields(picked.map((option) => option.key))} />}
      <ul className="tw:grid tw:gap-2">
        {activities.map((entry, index) => (
          <li key={entry.kind} className="activity-need">
            <input className="input tabular" type="number" min={1} max={20} aria-label={t('howMany')} value={entry.count} onChange={(event) => onActivities(activities.map((other, at) => (at === index ? { ...other, count: Number(event.target.value) } : other)))} />
            <span>{t(`activities.${entry.kind.replace('ACTIVITY_KIND_', '') as 'NOTE'}`)}</span>
            <button type="button" className="icon-button" aria-label={t('remove', { name: t(`activities.${entry.kind.replace('ACTIVITY_KIND_', '') as 'NOTE'}`) })} onClick={() => onActivities(activities.filter((_other, at) => at !== index))}><X size={14} aria-hidden /></button>
          </li>
        ))}
      </ul>
      {free.length === 0 ? null : <span className="activity-add"><Plus size={14} aria-hidden /><select className="input" aria-label={t('addActivity')} value="" onChange={(event) => onActivities([...activities, { kind: `ACTIVITY_KIND_${event.target.value}` as Requirement['kind'], count: 1 }])}><option value="">{t('addActivity')}</option>{free.map((kind) => <option key={kind} value={kind}>{t(`activities.${kind}`)}</option>)}</select></span>}
    </section>
  );
}
