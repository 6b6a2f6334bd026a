import { useLocale } from 'next-intl';
import { numberFormat } from './formats';
import type { CellProps, EditorProps } from './kind';
import { common } from './text';

/** Exact numbers come as text: they are grouped and marked as the language does it, digit by digit. */
export function formatNumber(value: unknown, locale: string, decimals?: number): string {
  if (value === '' || value === null || value === undefined || Number.isNaN(Number(value))) return '';
  const digits = decimals === undefined ? { maximumFractionDigits: 10 } : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return numberFormat(locale, digits).format(value as Intl.StringNumericLiteral);
}

export function NumberCell({ field, value }: CellProps) {
  return <span className="tabular" suppressHydrationWarning>{formatNumber(value, useLocale(), field.definition?.decimals)}</span>;
}

export function NumberEditor(props: EditorProps) {
  const whole = props.field.type === 'number';
  const read = (text: string) => (text === '' ? '' : whole && Number.isSafeInteger(Number(text)) ? Number(text) : text.replace(',', '.'));
  return (
    <input {...common(props)} className="input tabular" type="text" inputMode={whole ? 'numeric' : 'decimal'} autoComplete="off"
      value={props.value === undefined || props.value === null ? '' : String(props.value)} onChange={(event) => props.onChange(read(event.target.value.trim()))} />
  );
}
