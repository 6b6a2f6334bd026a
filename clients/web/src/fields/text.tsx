import type { CellProps, EditorProps } from './kind';

/** Any plain value. */
export function TextCell({ value }: CellProps) {
  return <span className="truncate">{typeof value === 'string' || typeof value === 'number' ? value : ''}</span>;
}

export function LongTextCell({ value }: CellProps) {
  return <span className="lines">{typeof value === 'string' ? value : ''}</span>;
}

const asText = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

export const common = ({ id, autoFocus, invalid, describedBy }: EditorProps) => ({
  id,
  autoFocus: autoFocus ?? false,
  'aria-invalid': invalid ?? false,
  'aria-describedby': describedBy,
});

/** An editor of one line. */
export function inputOf(type: 'text' | 'email' | 'tel' | 'url') {
  return function TextEditor(props: EditorProps) {
    const limit = props.field.definition?.maximumLength;
    return (
      <input {...common(props)} className="input" type={type} inputMode={type} autoComplete="off" value={asText(props.value)}
        {...(limit ? { maxLength: limit } : {})} onChange={(event) => props.onChange(event.target.value)} />
    );
  };
}

export function AreaEditor(props: EditorProps) {
  return <textarea {...common(props)} className="input area" rows={4} value={asText(props.value)} onChange={(event) => props.onChange(event.target.value)} />;
}
