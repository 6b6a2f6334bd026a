import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Resource, Row } from '../api/api';
import { formatMoney } from '../fields/money';
import { Link } from '../routing/Link';
import { narrowedPath } from '../routing/places';
import type { Column } from './board';
import { Card } from './Card';

interface Props {
  readonly resource: Resource;
  readonly column: Column;
  readonly movable: boolean;
  readonly onDrop: (deal: string) => void;
  readonly onKey: (event: KeyboardEvent<HTMLElement>, deal: Row) => void;
}

/** A stage: what is in it, what that comes to, and a place where deals are dropped. */
export function Stage({ resource, column, movable, onDrop, onKey }: Props) {
  const t = useTranslations('board');
  const element = useRef<HTMLElement>(null);
  const [over, setOver] = useState(false);
  const { stage, deals = [], dealCount = 0, filter = '' } = column;
  const takes = movable && stage.archived !== true;
  const drop = useRef(onDrop);
  useEffect(() => void (drop.current = onDrop), [onDrop]);
  useEffect(() => {
    if (!takes || element.current === null) return undefined;
    return dropTargetForElements({
      element: element.current,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        drop.current(`${source.data['deal'] as string}`);
      },
    });
  }, [takes]);
  return (
    <section ref={element} className="stage" data-over={over} data-kind={stage.kind} aria-labelledby={`stage-${stage.id}`}>
      <header>
        <h2 id={`stage-${stage.id}`} className="truncate">{stage.name}</h2><span className="count">{dealCount}</span>
        <Sum column={column} />
      </header>
      <ol>
        {deals.map((deal) => <Card key={deal.id} resource={resource} deal={deal} movable={movable} onKey={onKey} />)}
      </ol>
      {deals.length === 0 ? <p className="stage-empty">{t('empty')}</p> : null}
      {dealCount > deals.length ? <Link className="button ghost stage-more" href={narrowedPath(resource.resource, filter)}>{t('all', { count: dealCount })}</Link> : null}
    </section>
  );
}

function Sum({ column: { reportingAmount: sum, weightedReportingAmount: weighted } }: { readonly column: Column }) {
  const [locale, t] = [useLocale(), useTranslations('board')];
  if (sum === undefined || Number(sum.amount) === 0) return null;
  const likely = weighted === undefined ? undefined : t('weighted', { amount: formatMoney(weighted, locale) });
  return <span className="stage-sum tabular" title={likely} suppressHydrationWarning>{formatMoney(sum, locale)}</span>;
}
