import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, ArrowRight, Pencil, Plus, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { Resource, Row } from '../api/api';
import { saidOf } from '../api/told';
import { may } from '../api/rights';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { Avatar } from '../ui/Avatar';
import { useNotice } from '../ui/Notice';
import { ends, makeRelation, related, removeRelation, sameBody, sideOf, type Related, type Side } from './relations';

// Who only looks writes nothing.
const RelationDialog = dynamic(() => import('./RelationDialog').then((file) => file.RelationDialog));

/** What a person or a company is to others, and others to it. */
export function Relations({ resource, row, found }: { readonly resource: Resource; readonly row: Row; readonly found: readonly Related[] }) {
  const [t, writes, add] = [useTranslations('relations'), may(resource, 'update'), useId()];
  const [asked, setAsked] = useState<Related | 'new'>();
  const here = { side: sideOf(resource)!, id: row.id };
  const remove = useRemove(here, add);
  const shown = found.filter((relation) => !relation.parent);
  if (shown.length === 0 && !writes) return null;
  return (
    <section className="related offer" aria-label={t('title')}>
      <h2>{t('title')}<span className="grow" />{writes ? <button id={add} type="button" className="button ghost" aria-label={`${t('title')}: ${t('add')}`} onClick={() => setAsked('new')}><Plus size={14} aria-hidden />{t('add')}</button> : null}</h2>
      {shown.length === 0 ? <p className="dim">{t('none')}</p> : <ul>{shown.map((relation) => <Line key={relation.id} relation={relation} writes={writes} onChange={() => setAsked(relation)} onRemove={() => remove(relation)} />)}</ul>}
      {asked === undefined ? null : <RelationDialog here={here} row={row} relation={asked === 'new' ? undefined : asked} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

/** Removes at once, and says how to have it back; the focus goes on where it is told. */
export function useRemove(here: { readonly side: Side; readonly id: string }, next: string): (relation: Related) => void {
  const [t, client, tell] = [useTranslations('relations'), useQueryClient(), useNotice()];
  const failed = (fault: Error) => {
    tell({ text: saidOf(fault), bad: true });
    void related(client);
  };
  const back = useMutation({ mutationFn: (relation: Related) => makeRelation(sameBody(here, relation)), onSuccess: () => related(client), onError: failed });
  const remove = useMutation({
    mutationFn: removeRelation,
    onSuccess: async (_answer, relation) => {
      await related(client);
      tell({ text: t('removed', { name: relation.name }), action: { label: t('undo'), run: () => back.mutate(relation) } });
      document.getElementById(next)?.focus();
    },
    onError: failed,
  });
  return (relation) => remove.mutate(relation);
}

interface LineProps {
  readonly relation: Related;
  readonly writes: boolean;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}

function Line({ relation: { name, side, other, theirs, ours, outward }, writes, onChange, onRemove }: LineProps) {
  const t = useTranslations('relations');
  const [Way, way] = [outward ? ArrowRight : ArrowLeft, outward ? t('outward', { name }) : t('inward', { name })];
  return (
    <li className="relation">
      <Link className="related-row deal-person" href={recordPath(ends[side].resource, other)}>
        <Avatar name={name} round={side === 'person'} />
        <span className="who"><span className="truncate">{name}</span><small className="truncate">{[theirs, ours === '' ? '' : t('here', { label: ours })].filter(Boolean).join(' · ')}</small></span>
        <span className="grow" />
        <span className="way" title={way}><Way size={14} role="img" aria-label={way} /></span>
      </Link>
      {writes ? (
        <span className="relation-does">
          <button type="button" className="icon-button" aria-label={t('change', { name })} onClick={onChange}><Pencil size={14} aria-hidden /></button>
          <button type="button" className="icon-button" aria-label={t('remove', { name })} onClick={onRemove}><X size={15} aria-hidden /></button>
        </span>
      ) : null}
    </li>
  );
}
