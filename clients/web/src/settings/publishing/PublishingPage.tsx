import { useQuery } from '@tanstack/react-query';
import { BookOpen, ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useCompany } from '../../api/company';
import { toldOf } from '../../api/told';
import { Link } from '../../routing/Link';
import { listPath } from '../../routing/places';
import { Skeleton } from '../../shell/Skeleton';
import { Blank } from '../../ui/Blank';
import { Fault } from '../../ui/Fault';
import { fieldsQuery, objectsQuery, type ObjectType } from '../objects/metadata';
import { useDone } from '../objects/useDone';
import { PublicationForm } from './PublicationForm';
import { articlesQuery, publicOf, publish } from './publishing';

/** The knowledge base: whether there is one, of what it is made, and where anybody reads it. */
export function PublishingPage() {
  const t = useTranslations('publishing');
  const [objects, fields] = [useQuery(objectsQuery), useQuery(fieldsQuery)];
  const [chosen, setChosen] = useState<string>();
  const failed = (objects.data === undefined ? objects.error : null) ?? (fields.data === undefined ? fields.error : null);
  if (failed !== null) return <Fault told={toldOf(failed)} onRetry={() => void Promise.all([objects.refetch(), fields.refetch()])} />;
  if (objects.data === undefined || fields.data === undefined) return <Skeleton />;
  const own = objects.data.filter((object) => object.deleteTime === undefined);
  const open = publicOf(own);
  const object = own.find(({ id }) => id === chosen) ?? open ?? own[0];
  // What is chosen stays while nothing changes that it is chosen from.
  const choices = fields.data.filter((field) => field.resource === object?.resource && field.deleteTime === undefined).map(({ id }) => id).toSorted();
  if (object === undefined) return <Blank icon={BookOpen} title={t('noObjects')} action={<Link className="button primary" href="/settings/objects">{t('toObjects')}</Link>}>{t('noObjectsHint')}</Blank>;
  return (
    <div className="tw:grid tw:gap-6 tw:max-w-3xl">
      <p className="dim">{t('hint')}</p>
      {open === undefined ? null : <Open key={open.id} object={open} />}
      <section className="tw:grid tw:gap-3">
        <h2 className="section-title">{open?.id === object.id ? t('made') : t('make')}</h2>
        <PublicationForm key={[object.id, object.etag, ...choices].join(' ')} object={object} objects={own} open={open} fields={fields.data} onObject={setChosen} />
      </section>
    </div>
  );
}

/** What is public now: where it is, how much of it there is, and the way back. */
function Open({ object }: { readonly object: ObjectType }) {
  const [t, site] = [useTranslations('publishing'), useCompany()?.slug ?? ''];
  const [sure, setSure] = useState(false);
  const found = useQuery(articlesQuery(site)).data;
  const close = useDone(() => publish(object, undefined), t('closed'));
  const path = `/kb/${encodeURIComponent(site)}`;
  return (
    <section className="pair" aria-label={t('isOpen', { label: object.pluralLabel })}>
      <div className="pair-names"><BookOpen size={16} aria-hidden /><span className="truncate">{t('isOpen', { label: object.pluralLabel })}</span></div>
      <p className="dim">
        {found === undefined ? null : <>{found.count === 0 ? t('noArticles') : t('articles', { count: found.count, more: found.more ? 'yes' : 'no' })} · </>}
        <Link className="quiet" href={listPath(object.resource)}>{t('toRecords')}</Link>
      </p>
      <div className="pair-does">
        {site === '' ? null : <a className="button" href={path} target="_blank" rel="noreferrer"><ExternalLink size={14} aria-hidden />{t('look')}</a>}
        <button type="button" className="button ghost danger" disabled={close.isPending} onBlur={() => setSure(false)} onClick={() => (sure ? close.mutate() : setSure(true))}>{sure ? t('closeSure') : t('close')}</button>
      </div>
    </section>
  );
}
