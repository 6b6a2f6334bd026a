import { useQuery } from '@tanstack/react-query';
import { ChevronRight, CreditCard, LayoutTemplate, Plus, Rows3, TriangleAlert } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { Layout, Resource } from '../api/api';
import { useResource, useResources } from '../api/metadata';
import { toldOf } from '../api/told';
import { useLanguage } from '../i18n/useLanguage';
import { Link } from '../routing/Link';
import { useRoles } from '../settings/tenants';
import { ResourceIcon } from '../shell/icons';
import { Skeleton } from '../shell/Skeleton';
import { Fault } from '../ui/Fault';
import { kinds, layoutsQuery, type Kind } from './layouts';

// Who looks at what there is needs nothing of what it is designed with.
const LayoutDesigner = dynamic(() => import('./LayoutDesigner').then((file) => file.LayoutDesigner), { loading: Skeleton });

const icons = { LAYOUT_KIND_FORM: LayoutTemplate, LAYOUT_KIND_LIST: Rows3, LAYOUT_KIND_CARD: CreditCard } as const;

const layoutsPath = (...parts: readonly string[]): string => ['/settings/layouts', ...parts.map(encodeURIComponent)].join('/');

/** How records look, for whom and when; below the name of a resource its layouts, and below that one of them. */
export function LayoutsPage({ path }: { readonly path: string }) {
  const [resource = '', layout = ''] = path.split('/').map(decodeURIComponent);
  if (resource === '') return <Resources />;
  return <OfResource key={path} name={resource} chosen={layout} />;
}

function Resources() {
  const [t, resources] = [useTranslations('layouts'), useResources()];
  return (
    <div className="tw:grid tw:gap-4 tw:max-w-3xl">
      <p className="dim">{t('hint')}</p>
      <ul className="rows-list">
        {resources.filter((entry) => entry.restPath !== '').map((entry) => (
          <li key={entry.resource}><Link className="row-link" href={layoutsPath(entry.resource)}><ResourceIcon name={entry.resource} size={16} /><span className="who"><span>{entry.pluralLabel || entry.label}</span></span><span className="grow" /><ChevronRight size={15} aria-hidden /></Link></li>
        ))}
      </ul>
    </div>
  );
}

function OfResource({ name, chosen }: { readonly name: string; readonly chosen: string }) {
  const [t, resource, layouts] = [useTranslations('layouts'), useResource(name), useQuery(layoutsQuery(name))];
  const roles = useRoles();
  // What cannot be read again stays, with what was written into it.
  const fault = (resource.data === undefined ? resource.error : null) ?? (layouts.data === undefined ? layouts.error : null);
  if (fault !== null) return <Fault told={toldOf(fault)} onRetry={() => void Promise.all([resource.refetch(), layouts.refetch()])} />;
  // Not first the designer and then, above all of it, the roles.
  if (resource.data === undefined || layouts.data === undefined || !roles.isFetched) return <Skeleton />;
  const kind = kinds.find((entry) => chosen === `new-${entry}`);
  const known = layouts.data.find((entry) => entry.id === chosen);
  const title = resource.data.pluralLabel || resource.data.label;
  return (
    <div className="tw:grid tw:gap-5">
      <nav className="crumbs" aria-label={t('where')}>
        <Link className="crumb" href={layoutsPath()}>{t('title')}</Link><ChevronRight size={14} aria-hidden />
        {chosen === '' ? <span className="truncate" aria-current="page">{title}</span> : <><Link className="crumb" href={layoutsPath(name)}>{title}</Link><ChevronRight size={14} aria-hidden /><span className="truncate" aria-current="page">{known?.label ?? t('newLayout')}</span></>}
      </nav>
      {kind !== undefined || known !== undefined
        ? <LayoutDesigner key={chosen} resource={resource.data} layout={known} kind={kind ?? (known!.kind as Kind)} others={layouts.data} back={layoutsPath(name)} />
        : <Kinds resource={resource.data} layouts={layouts.data} />}
    </div>
  );
}

function Kinds({ resource, layouts }: { readonly resource: Resource; readonly layouts: readonly Layout[] }) {
  const [t, [language], roles] = [useTranslations('layouts'), useLanguage(), useRoles().data ?? []];
  const roleOf = (name: string) => roles.find((role) => role.name === name)?.displayName || name;
  return (
    <div className="tw:grid tw:gap-6 tw:max-w-3xl">
      {kinds.map((kind) => {
        const [own, Icon] = [layouts.filter((layout) => layout.kind === kind), icons[kind]];
        return (
          <section key={kind} className="tw:grid tw:gap-2" aria-label={t(`kinds.${kind}`)}>
            <div className="tw:flex tw:items-center tw:gap-2"><h2 className="section-title grow">{t(`kinds.${kind}`)}</h2><Link className="button" href={layoutsPath(resource.resource, `new-${kind}`)}><Plus size={15} aria-hidden />{t(`new.${kind}`)}</Link></div>
            {own.length === 0 ? <p className="dim">{t(`none.${kind}`)}</p> : (
              <ul className="rows-list">
                {own.map((layout) => (
                  <li key={layout.id}>
                    <Link className="row-link" href={layoutsPath(resource.resource, layout.id)}>
                      <Icon size={16} aria-hidden /><span className="who"><span>{layout.labelTranslations[language] || layout.label}</span><small className="mono truncate">{layout.condition}</small></span><span className="grow" />
                      {layout.problems.length === 0 ? null : <TriangleAlert className="danger" size={15} aria-label={layout.problems.map((problem) => problem.message).join(' ')} />}
                      <span className="pills flags">{layout.roles.length === 0 ? <span className="pill">{t('everybody')}</span> : layout.roles.map((role) => <span key={role} className="pill">{roleOf(role)}</span>)}</span>
                      <ChevronRight size={15} aria-hidden />
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </div>
  );
}
