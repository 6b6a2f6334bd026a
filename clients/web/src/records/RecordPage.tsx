'use client';

import { ChevronRight, ShieldQuestionMark } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Resource, Row } from '../api/api';
import { toldOf } from '../api/told';
import { ConvertLead } from '../leads/ConvertLead';
import { recordRoom } from '../live/rooms';
import { useLiveRecord } from '../live/useLive';
import { Watchers } from '../live/Watchers';
import { Link } from '../routing/Link';
import { listPath } from '../routing/places';
import { ResourceIcon } from '../shell/icons';
import { Skeleton } from '../shell/Skeleton';
import { Avatar } from '../ui/Avatar';
import { Fault } from '../ui/Fault';
import { Title } from '../ui/Title';
import { useLasting } from '../ui/useLasting';
import { Described } from './Described';
import { FieldPanel } from './FieldPanel';
import { FollowButton } from './FollowButton';
import { useRow } from './records';
import { RecordSide } from './RecordSide';
import { nameOf } from './values';

export const RecordPage = ({ name, id }: { readonly name: string; readonly id: string }) => <Described name={name}>{(resource) => <RecordOf resource={resource} id={id} />}</Described>;

function RecordOf({ resource, id }: { readonly resource: Resource; readonly id: string }) {
  const [t, name] = [useTranslations('records'), resource.resource];
  const row = useRow(resource, id);
  useLiveRecord(resource, id);
  const fatal = useLasting(row, row.refetch);
  const title = resource.pluralLabel || resource.label;
  return (
    <div className="page record">
      <Title>{row.data === undefined ? title : nameOf(row.data)}</Title>
      <header className="topbar">
        <nav className="crumbs" aria-label="breadcrumb">
          <Link href={listPath(name)} className="crumb"><ResourceIcon name={name} size={15} /><span className="truncate">{title}</span></Link>
          {row.data === undefined ? null : <><ChevronRight size={14} aria-hidden /><span className="truncate" aria-current="page">{nameOf(row.data)}</span></>}
        </nav>
        <span className="grow" />
        <Watchers room={recordRoom(resource, id)} />
        {row.data === undefined ? null : <FollowButton resource={resource} row={row.data} />}
        {row.data === undefined ? null : <Link className="button ghost" href={`/settings/access?${new URLSearchParams({ resource: name, id }).toString()}`}><ShieldQuestionMark size={15} aria-hidden /><span>{t('why')}</span></Link>}
        {row.data === undefined ? null : <ConvertLead resource={resource} row={row.data} />}
      </header>
      {row.isPending ? <Skeleton /> : fatal || row.data === undefined ? <Fault addressed told={toldOf(row.error)} onRetry={() => void row.refetch()} /> : <Body resource={resource} row={row.data} />}
    </div>
  );
}

function Body({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const t = useTranslations('records');
  const title = nameOf(row);
  return (
    <div className="record-body">
      <section className="panel" aria-label={t('details')}>
        <div className="record-head">
          <Avatar name={title} large round={resource.resource === 'contacts.person'} />
          <div className="record-title"><small>{resource.label}</small><h1>{title}</h1></div>
        </div>
        <FieldPanel resource={resource} row={row} />
      </section>
      <RecordSide resource={resource} row={row} />
    </div>
  );
}
