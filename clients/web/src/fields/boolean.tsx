import { Check, Minus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { CellProps, EditorProps } from './kind';
import { common } from './text';

export function BooleanCell({ value }: CellProps) {
  const t = useTranslations('fields');
  if (typeof value !== 'boolean') return null;
  const Icon = value ? Check : Minus;
  return (
    <span className={value ? 'yes' : 'no'}>
      <Icon size={15} aria-hidden /> {value ? t('yes') : t('no')}
    </span>
  );
}

export function BooleanEditor(props: EditorProps) {
  const t = useTranslations('fields');
  const read = (text: string) => (text === '' ? null : text === 'true');
  return (
    <select {...common(props)} className="input" value={typeof props.value === 'boolean' ? String(props.value) : ''}
      onChange={(event) => (props.onDone ?? props.onChange)(read(event.target.value))}>
      <option value="">—</option>
      <option value="true">{t('yes')}</option>
      <option value="false">{t('no')}</option>
    </select>
  );
}
