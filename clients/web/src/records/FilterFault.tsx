import { faultIn } from './filters';

/** What the platform does not understand of an expression, marked where it stands. */
export function FilterFault({ id, filter, startsAt, said }: { readonly id?: string; readonly filter: string; readonly startsAt: number; readonly said: string }) {
  const { sentence, at } = faultIn(filter, startsAt, said);
  const wrong = at === undefined ? '' : (/^(?:[\w.]+|.)?/u.exec(filter.slice(at))?.[0] ?? '');
  return (
    <div id={id} className="filter-fault" role="alert">
      {at === undefined ? null : <pre aria-hidden>{filter.slice(0, at)}<mark>{wrong || ' '}</mark>{filter.slice(at + wrong.length)}</pre>}
      <p>{sentence}</p>
    </div>
  );
}
