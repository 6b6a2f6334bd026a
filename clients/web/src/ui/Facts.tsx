import type { ReactNode } from 'react';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: string | undefined;
  readonly bad?: boolean;
}

/** Numbers that are read at one look, each with what it is. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ label, value, note, bad }) => (
        <div key={label} data-bad={bad ?? false}><dt>{label}</dt><dd className="tabular">{value}</dd>{note === undefined ? null : <dd className="facts-note">{note}</dd>}</div>
      ))}
    </dl>
  );
}
