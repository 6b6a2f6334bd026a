import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Resource, Row } from '../api/api';
import { useResource, useResources } from '../api/metadata';
import { Link } from '../routing/Link';
import { listPath } from '../routing/places';
import { iconOf } from '../shell/icons';
import { Skeleton } from '../shell/Skeleton';
import { Avatar } from '../ui/Avatar';
import { Fault } from '../ui/Fault';
import { useTitle } from '../ui/useTitle';
import { FieldPanel } from './FieldPanel';
import { useRow } from './records';
import { incomingOf, Related } from './Related';
import { hasTimeline, Timeline } from './Timeline';
import { nameOf } from './values';

export function RecordPage({ name, id }: { readonly name: string; readonly id: string }) {
  const resource = useResource(name);
  const row = useRow(resource, id);
  const title = resource.pluralLabel || resource.label;
  const Icon = iconOf(name);
  useTitle(row.data === undefined ? title : nameOf(row.data));
  return (
    <div className="page record">
      <header className="topbar">
        <nav className="crumbs" aria-label="breadcrumb">
          <Link href={listPath(name)} className="crumb"><Icon size={15} aria-hidden /><span className="truncate">{title}</span></Link>
          {row.data === undefined ? null : <><ChevronRight size={14} aria-hidden /><span className="truncate" aria-current="page">{nameOf(row.data)}</span></>}
        </nav>
      </header>
      {row.isPending ? <Skeleton /> : row.isError ? <Fault error={row.error} onRetry={() => void row.refetch()} /> : <Body resource={resource} row={row.data} />}
    </div>
  );
}

function Body({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const t = useTranslations('records');
  const title = nameOf(row);
  const others = incomingOf(resource, useResources(), row.id);
  return (
    <div className="record-body">
      <section className="panel" aria-label={t('details')}>
        <div className="record-head">
          <Avatar name={title} large round={resource.resource === 'contacts.person'} />
          <div className="record-title"><small>{resource.label}</small><h1>{title}</h1></div>
        </div>
        <FieldPanel resource={resource} row={row} />
      </section>
      <div className="record-side">
        {others.map((relation) => <Related key={`${relation.resource} ${relation.filter}`} relation={relation} />)}
        {hasTimeline(resource) ? <Timeline resource={resource} row={row} /> : null}
      </div>
    </div>
  );
}
