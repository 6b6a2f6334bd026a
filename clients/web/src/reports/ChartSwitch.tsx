import { ChartNoAxesColumn, Table2 } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** The same numbers as a picture or as a table. */
export function ChartSwitch({ asTable, onChange }: { readonly asTable: boolean; readonly onChange: (asTable: boolean) => void }) {
  const t = useTranslations('reports');
  return (
    <div className="switch" role="group" aria-label={t('as')}>
      <button type="button" aria-pressed={!asTable} onClick={() => onChange(false)}><ChartNoAxesColumn size={14} aria-hidden /><span>{t('chart')}</span></button>
      <button type="button" aria-pressed={asTable} onClick={() => onChange(true)}><Table2 size={14} aria-hidden /><span>{t('table')}</span></button>
    </div>
  );
}
