import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { FormProps } from './BulkDialog';
import { exportColumns } from './kinds';
import { faultOf } from './order';

const formats = ['csv', 'xlsx', 'ndjson'] as const;
type Format = (typeof formats)[number];

/** What kind of file, and with which columns. */
export function ExportForm({ id, resource, columns, errors, onOrder }: FormProps) {
  const t = useTranslations('bulk');
  const [format, setFormat] = useState<Format>('csv');
  const [asShown, setAsShown] = useState(false);
  const fault = faultOf(errors, 'export');
  const write = (kind: Format, shown: boolean) => {
    setFormat(kind);
    setAsShown(shown);
    // That kind has whole records.
    onOrder({ export: { format: kind, ...(shown && kind !== 'ndjson' ? { columns: exportColumns(resource, columns.map(({ field }) => field)) } : {}) } });
  };
  return (
    <>
      <fieldset className="choices">
        <legend className="form-label">{t('format')}</legend>
        {formats.map((kind, at) => <label key={kind}><input type="radio" name={`${id}-format`} autoFocus={at === 0} checked={format === kind} onChange={() => write(kind, asShown)} />{t(`formats.${kind}`)}</label>)}
      </fieldset>
      {format === 'ndjson' ? null : (
        <fieldset className="choices">
          <legend className="form-label">{t('columns')}</legend>
          {([false, true] as const).map((shown) => <label key={`${shown}`}><input type="radio" name={`${id}-columns`} checked={asShown === shown} onChange={() => write(format, shown)} />{shown ? t('columnsShown') : t('columnsAll')}</label>)}
        </fieldset>
      )}
      {fault === undefined ? null : <p className="fault" role="alert">{fault}</p>}
    </>
  );
}
