import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Resource } from '../../api/api';
import { useMay } from '../../api/me';
import { useResources } from '../../api/metadata';
import { toldOf } from '../../api/told';
import { Link } from '../../routing/Link';
import { ResourceIcon } from '../../shell/icons';
import { Skeleton } from '../../shell/Skeleton';
import { Fault } from '../../ui/Fault';
import { DeletedObjects } from './DeletedObjects';
import { FieldsPage } from './FieldsPage';
import { fieldsQuery, objectsQuery } from './metadata';
import { ObjectDialog } from './ObjectDialog';

/** What the company keeps records of: what is built in, and its own objects; below the name of one, its fields. */
export const ObjectsPage = ({ path }: { readonly path: string }) => (path === '' ? <Objects /> : <FieldsPage key={path} name={decodeURIComponent(path)} />);

export const fieldsPath = (resource: string): string => `/settings/objects/${encodeURIComponent(resource)}`;

function Objects() {
  const [t, may, resources] = [useTranslations('designer'), useMay('metadata.write'), useResources()];
  const [objects, fields] = [useQuery(objectsQuery), useQuery(fieldsQuery)];
  const [making, setMaking] = useState(false);
  if (objects.isError) return <Fault told={toldOf(objects.error)} onRetry={() => void objects.refetch()} />;
  if (objects.data === undefined) return <Skeleton />;
  const own = resources.filter(({ resource }) => resource.startsWith('records.'));
  const builtIn = resources.filter((resource) => !own.includes(resource) && resource.restPath !== '');
  const count = (name: string) => fields.data?.filter((field) => field.resource === name && field.deleteTime === undefined).length;
  return (
    <div className="tw:grid tw:gap-6 tw:max-w-3xl">
      <div className="tw:flex tw:items-center tw:gap-3 tw:flex-wrap">
        <p className="dim grow">{t('hint')}</p>
        {may ? <button type="button" className="button primary" onClick={() => setMaking(true)}><Plus size={15} aria-hidden />{t('newObject')}</button> : null}
      </div>
      <section className="tw:grid tw:gap-2">
        <h2 className="section-title">{t('own')}</h2>
        {own.length === 0 ? <p className="dim">{t('noOwn')}</p> : <Rows resources={own} count={count} />}
      </section>
      <section className="tw:grid tw:gap-2">
        <h2 className="section-title">{t('builtIn')}</h2>
        <Rows resources={builtIn} count={count} />
      </section>
      <DeletedObjects objects={objects.data.filter((entry) => entry.deleteTime !== undefined)} />
      {making ? <ObjectDialog onClose={() => setMaking(false)} /> : null}
    </div>
  );
}

function Rows({ resources, count }: { readonly resources: readonly Resource[]; readonly count: (name: string) => number | undefined }) {
  const t = useTranslations('designer');
  return (
    <ul className="rows-list">
      {resources.map(({ resource, label, pluralLabel }) => (
        <li key={resource}>
          <Link className="row-link" href={fieldsPath(resource)}>
            <ResourceIcon name={resource} size={17} />
            <span className="who"><span>{pluralLabel || label}</span><small className="mono">{resource}</small></span>
            <span className="grow" />
            <span className="dim">{count(resource) === undefined ? '' : t('ownFields', { count: count(resource) ?? 0 })}</span>
            <ChevronRight size={15} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}
