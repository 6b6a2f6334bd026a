import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Pencil, Plus, Rows3, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMay } from '../../api/me';
import { useResource } from '../../api/metadata';
import { toldOf } from '../../api/told';
import { Link } from '../../routing/Link';
import { listPath } from '../../routing/places';
import { Skeleton } from '../../shell/Skeleton';
import { Blank } from '../../ui/Blank';
import { Fault } from '../../ui/Fault';
import { BuiltInFields } from './BuiltInFields';
import { DeletedFields } from './DeletedObjects';
import { FieldTable } from './FieldTable';
import type { FieldDef } from './fields';
import { deleteObject, fieldsQuery, objectsQuery } from './metadata';
import { ObjectDialog } from './ObjectDialog';
import { useDone } from './useDone';

const FieldDialog = dynamic(() => import('./FieldDialog').then((file) => file.FieldDialog));

/** The fields of a resource: the company's own, which are made and ordered here, and those of the platform. */
export function FieldsPage({ name }: { readonly name: string }) {
  const [t, may] = [useTranslations('designer'), useMay('metadata.write')];
  const [resource, fields, objects] = [useResource(name), useQuery(fieldsQuery), useQuery(objectsQuery)];
  const [editing, setEditing] = useState<FieldDef | 'new'>();
  const [renaming, setRenaming] = useState(false);
  const failed = resource.error ?? fields.error;
  if (failed !== null) return <Fault told={toldOf(failed)} onRetry={() => void Promise.all([resource.refetch(), fields.refetch()])} />;
  if (resource.data === undefined || fields.data === undefined) return <Skeleton />;
  const own = fields.data.filter((field) => field.resource === name);
  const inUse = own.filter((field) => field.deleteTime === undefined);
  const object = objects.data?.find((entry) => entry.resource === name && entry.deleteTime === undefined);
  const title = resource.data.pluralLabel || resource.data.label;
  const create = may ? <button type="button" className="button primary" onClick={() => setEditing('new')}><Plus size={15} aria-hidden />{t('newField')}</button> : undefined;
  return (
    <div className="tw:grid tw:gap-6 tw:max-w-4xl">
      <div className="tw:flex tw:items-center tw:gap-2 tw:flex-wrap page-head">
        <nav className="crumbs grow" aria-label={t('where')}>
          <Link className="crumb" href="/settings/objects">{t('objects')}</Link><ChevronRight size={14} aria-hidden /><span className="truncate" aria-current="page">{title}</span>
        </nav>
        <Link className="button ghost" href={listPath(name)}><Rows3 size={15} aria-hidden />{t('showList')}</Link>
        {object === undefined || !may ? null : <button type="button" className="button" onClick={() => setRenaming(true)}><Pencil size={14} aria-hidden />{t('changeIt')}</button>}
        {object === undefined || !may ? null : <DeleteObject id={object.id} name={object.pluralLabel} />}
        {create}
      </div>
      {inUse.length === 0
        ? <Blank icon={Rows3} title={t('noFields', { name: title })} action={create}>{t('noFieldsHint')}</Blank>
        : <FieldTable resource={resource.data} fields={inUse} editable={may} onEdit={setEditing} />}
      <DeletedFields fields={own.filter((field) => field.deleteTime !== undefined)} />
      <BuiltInFields resource={resource.data} />
      {editing === undefined ? null : <FieldDialog key={editing === 'new' ? 'new' : editing.id} resource={resource.data} fields={inUse} field={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
      {renaming && object !== undefined ? <ObjectDialog object={object} onClose={() => setRenaming(false)} /> : null}
    </div>
  );
}

function DeleteObject({ id, name }: { readonly id: string; readonly name: string }) {
  const [t, router] = [useTranslations('designer'), useRouter()];
  const [sure, setSure] = useState(false);
  const remove = useDone(() => deleteObject(id), t('objectDeleted', { name }), () => router.push('/settings/objects'));
  return (
    <button type="button" className="button ghost danger" disabled={remove.isPending} onBlur={() => setSure(false)} onClick={() => (sure ? remove.mutate() : setSure(true))}>
      <Trash2 size={14} aria-hidden />{sure ? t('deleteObjectSure') : t('delete')}
    </button>
  );
}
