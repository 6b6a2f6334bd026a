import { useQueries, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { call, type Resource, type Row } from '../api/api';
import { useResources } from '../api/metadata';
import { quotesQuery } from '../quotes/quotes';
import { hierarchyQuery, relationsQuery, sideOf } from '../relations/relations';
import { Skeleton } from '../shell/Skeleton';
import { Related } from './Related';
import { incomingOf, relatedQuery, settledBefore } from './related';
import { hasTimeline, Timeline } from './Timeline';

// Line items, quotes, and who has to do with it are of deals alone.
const DealPeople = dynamic(() => import('../deals/DealPeople').then((file) => file.DealPeople));
const DealOffer = dynamic(() => import('../quotes/DealOffer').then((file) => file.DealOffer));
// The same of invoices.
const InvoiceLines = dynamic(() => import('../invoices/InvoiceLines').then((file) => file.InvoiceLines));
// Who has to do with whom is of people and companies.
const Relations = dynamic(() => import('../relations/Relations').then((file) => file.Relations));
const Hierarchy = dynamic(() => import('../relations/Hierarchy').then((file) => file.Hierarchy));
// Scores are of leads alone.
const LeadScore = dynamic(() => import('../leads/LeadScore').then((file) => file.LeadScore));

/** What stands beside a record. Each part comes when all above it are there, so that nothing is moved by what comes later. */
export function RecordSide({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const [isDeal, others] = [resource.resource === 'deals.deal', incomingOf(resource, useResources(), row.id)];
  const quotes = useQuery({ ...quotesQuery(call, row.id), enabled: isDeal });
  const related = useQueries({ queries: others.map((relation) => relatedQuery(call, relation)) });
  const side = sideOf(resource);
  const relations = useQuery({ ...relationsQuery(call, side ?? 'person', row.id), enabled: side !== undefined });
  const hierarchy = useQuery({ ...hierarchyQuery(call, row.id), enabled: side === 'company' });
  const known = (side === undefined || relations.isFetched) && (side !== 'company' || hierarchy.isFetched);
  const below = !isDeal || quotes.isFetched;
  const settled = below ? settledBefore(related) : 0;
  return (
    <div className="record-side">
      {isDeal ? <><DealOffer resource={resource} row={row} />{below ? <DealPeople resource={resource} row={row} /> : null}</> : null}
      {resource.resource === 'finance.invoice' ? <InvoiceLines row={row} /> : null}
      {resource.resource === 'contacts.lead' ? <LeadScore resource={resource} row={row} /> : null}
      {others.slice(0, settled).map((relation, index) => <Related key={`${relation.resource} ${relation.filter}`} relation={relation} found={related[index]?.data} />)}
      {settled === others.length && known && relations.data !== undefined ? (
        <>
          {side === 'company' ? <Hierarchy resource={resource} row={row} found={relations.data} /> : null}
          <Relations resource={resource} row={row} found={relations.data} />
        </>
      ) : null}
      {settled < others.length || !known ? <Skeleton /> : hasTimeline(resource) ? <Timeline resource={resource} row={row} /> : null}
    </div>
  );
}
