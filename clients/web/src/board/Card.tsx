import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { CalendarDays, Hourglass } from 'lucide-react';
import { useLocale, useNow, useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Resource, Row } from '../api/api';
import { formatDate } from '../fields/date';
import { formatMoney, isMoney } from '../fields/money';
import { RelationCell } from '../fields/relation';
import { kindOf } from '../fields/registry';
import { useMembers } from '../fields/user';
import { writtenFields } from '../layouts/layouts';
import { isEmpty, nameOf, valueAt } from '../records/values';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { Avatar } from '../ui/Avatar';
import { isOpen } from './board';

interface Props {
  readonly resource: Resource;
  readonly deal: Row;
  readonly movable: boolean;
  readonly onKey: (event: KeyboardEvent<HTMLElement>, deal: Row) => void;
}

// What a card shows in a place of its own.
const own = new Set(['name', 'company_id', 'amount', 'close_date', 'owner_id']);

/** A deal on the board: dragged, or moved with Alt and the arrows. */
export function Card({ resource, deal, movable, onKey }: Props) {
  const t = useTranslations('board');
  const element = useRef<HTMLLIElement>(null);
  const [dragged, setDragged] = useState(false);
  const can = movable && isOpen(deal);
  useEffect(() => {
    if (!can || element.current === null) return undefined;
    return draggable({ element: element.current, getInitialData: () => ({ deal: deal.id }), onDragStart: () => setDragged(true), onDrop: () => setDragged(false) });
  }, [can, deal.id]);
  const [company, members] = [resource.fields.find((field) => field.path === 'company_id'), useMembers()];
  const owner = members?.find((member) => member.userId === deal['ownerId']);
  return (
    <li ref={element} className="card" data-dragged={dragged} data-fixed={!can} onKeyDown={(event) => onKey(event, deal)}>
      <Link href={recordPath(resource.resource, deal.id)} id={`card-${deal.id}`} className="card-title" draggable={false} aria-keyshortcuts={can ? 'Alt+ArrowLeft Alt+ArrowRight' : undefined}>{nameOf(deal)}</Link>
      {company === undefined || !deal['companyId'] ? null : <div className="card-company"><RelationCell resource={resource} field={company} value={deal['companyId']} /></div>}
      {writtenFields(resource, 'LAYOUT_KIND_CARD').filter((field) => !own.has(field.path) && !isEmpty(valueAt(deal, field.jsonPath))).map((field) => {
        const { Cell } = kindOf(field);
        return <div key={field.path} className="card-company" title={field.label}><Cell resource={resource} field={field} value={valueAt(deal, field.jsonPath)} /></div>;
      })}
      <div className="card-foot">
        <Worth deal={deal} />
        <Due deal={deal} />
        <span className="grow" />
        {owner === undefined ? null : <span className="card-owner" title={owner.displayName}><Avatar name={owner.displayName || owner.email} round /><span className="unseen">{t('owner', { name: owner.displayName })}</span></span>}
      </div>
    </li>
  );
}

function Worth({ deal }: { readonly deal: Row }) {
  const [locale, amount] = [useLocale(), deal['amount']];
  return isMoney(amount) && Number(amount.amount) > 0 ? <b className="tabular" suppressHydrationWarning>{formatMoney(amount, locale)}</b> : null;
}

function Due({ deal }: { readonly deal: Row }) {
  const [locale, now, t] = [useLocale(), useNow(), useTranslations('board')];
  const [rotting, day] = [deal['rottingSince'], formatDate(deal['closeDate'], locale)];
  const late = isOpen(deal) && day !== '' && `${deal['closeDate'] as string}T23:59:59Z` < now.toISOString();
  return (
    <>
      {day === '' ? null : <span className="card-day" data-late={late} suppressHydrationWarning><CalendarDays size={12} aria-hidden />{day}{late ? <span className="unseen">{t('late')}</span> : null}</span>}
      {isOpen(deal) && typeof rotting === 'string' && Date.parse(rotting) <= now.getTime() ? <Hourglass size={13} className="card-rotting" aria-label={t('rotting')} /> : null}
    </>
  );
}
