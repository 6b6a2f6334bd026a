import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Resource, Row } from '../api/api';
import { toldOf } from '../api/told';
import { explanationQuery, signed } from '../settings/scoring/scoring';
import { Fault } from '../ui/Fault';

/** A lead's score, and why it has it; nothing where the company scores no leads, or does not let this person know. */
export function LeadScore({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const [t, [open, setOpen]] = [useTranslations('scoring'), useState(false)];
  const [score, pending] = [row['score'] as number | undefined, row['scorePending'] === true];
  const shown = resource.fields.some((field) => field.path === 'score' && (field.access === 'full' || field.access === 'read_only'));
  if (!shown || (score === undefined && !pending)) return null;
  return (
    <section className="related offer">
      <h2>{t('score')}<span className="grow" /><button type="button" className="button ghost" aria-expanded={open} onClick={() => setOpen(!open)}>{t('why')}</button></h2>
      {pending ? <p className="dim" role="status">{t('scorePending')}</p> : <p className="score"><strong>{score}</strong><span className="dim"> / 100</span><meter min={0} max={100} value={score} aria-label={t('score')} /></p>}
      {open ? <Why row={row} /> : null}
    </section>
  );
}

function Why({ row }: { readonly row: Row }) {
  const t = useTranslations('scoring');
  const found = useQuery(explanationQuery(row.id, row.etag));
  if (found.isError) return <Fault told={toldOf(found.error)} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <p className="dim" role="status">{t('looking')}</p>;
  const { parts, partial } = found.data;
  return (
    <>
      {parts.length === 0 ? <p className="dim">{partial === true ? '' : t('nothingHolds')}</p> : <ul className="score-parts">{parts.map(({ rule, points }) => <li key={rule}><span className="truncate">{rule}</span><span className="grow" /><span className="pill">{signed(points)}</span></li>)}</ul>}
      {partial === true ? <p className="dim">{t('partial')}</p> : null}
    </>
  );
}
