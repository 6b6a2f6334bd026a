import { useTranslations } from 'next-intl';

/** A part of a bar: which one, how large, and what is said of it. */
export interface GroupPart {
  readonly kind: string;
  readonly size: number;
  readonly said: string;
}

export interface GroupBar {
  readonly group: string;
  readonly name: string;
  readonly parts: readonly GroupPart[];
  /** What stands behind the bar. */
  readonly sum: string;
  readonly note: string;
}

interface Props {
  readonly title: string;
  readonly bars: readonly GroupBar[];
  /** What the parts are, in their order. */
  readonly kinds: readonly (readonly [kind: string, label: string])[];
  readonly caption?: string | undefined;
}

const shown = 20;

/** A bar for each owner, team or source, one below the other; a screen reader hears the same in one sentence, and there is the table. */
export function GroupChart({ title, bars, kinds, caption }: Props) {
  const t = useTranslations('reports');
  const sizeOf = ({ parts }: GroupBar) => parts.reduce((sum, part) => sum + part.size, 0);
  const most = Math.max(1, ...bars.map(sizeOf));
  const said = bars.slice(0, shown).map(({ name, sum, note }) => `${name}: ${sum}${note === '' ? '' : ` (${note})`}`).join(', ');
  return (
    <figure className="chart groups" role="img" aria-label={`${title}. ${said}`}>
      {bars.slice(0, shown).map((bar) => (
        <div key={bar.group} className="group-row">
          <span className="group-name truncate" title={bar.name}>{bar.name}</span>
          <span className="group-track">
            {bar.parts.map((part) => (part.size === 0 ? null : <span key={part.kind} className="group-part" data-kind={part.kind} title={part.said} style={{ width: `${(part.size / most) * 100}%` }} />))}
          </span>
          <span className="group-sum tabular">{bar.sum}</span>
          <span className="group-note tabular dim">{bar.note}</span>
        </div>
      ))}
      {bars.length > shown ? <p className="dim">{t('groupsMore', { count: bars.length - shown })}</p> : null}
      <figcaption className="legend">{kinds.map(([kind, label]) => <span key={kind}><i className="chart-key" data-kind={kind} />{label}</span>)}{caption === undefined ? null : <span>{caption}</span>}</figcaption>
    </figure>
  );
}
