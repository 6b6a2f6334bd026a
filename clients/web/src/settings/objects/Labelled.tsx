import type { ReactNode } from 'react';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly fault?: string | undefined;
  readonly hint?: string | undefined;
  readonly wide?: boolean;
  readonly required?: boolean;
  readonly children: ReactNode;
}

/** What is asked, what is written, and what is wrong with it. The input has the id, and names the fault by `describedBy`. */
export function Labelled({ id, label, fault, hint, wide = false, required = false, children }: Props) {
  return (
    <div className={`form-field${wide ? ' wide' : ''}`}>
      <label htmlFor={id}>{label}{required ? <span className="required" aria-hidden> *</span> : null}</label>
      {children}
      {hint === undefined ? null : <small>{hint}</small>}
      {fault === undefined ? null : <p id={`${id}-fault`} className="fault" role="alert">{fault}</p>}
    </div>
  );
}

/** What an input says of its fault. */
export const faulty = (id: string, fault: string | undefined) => ({ id, 'aria-invalid': fault !== undefined, 'aria-describedby': fault === undefined ? undefined : `${id}-fault` });
