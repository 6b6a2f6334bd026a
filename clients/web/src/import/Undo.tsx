import { ApiProblem } from '@platform/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { call } from '../api/api';
import { changed } from '../api/changed';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { contactsImports, importQuery, importsQuery, isJustUndone, isUndoable, undoImport, type Import } from './imports';

const reasons = ['CHANGED', 'MERGED', 'GONE', 'IN_USE'] as const;

/** Takes an import back, and tells how far that is and what was left as it is. Nothing where the platform does not know the import. */
export function Undo({ id, path = contactsImports }: { readonly id: string; readonly path?: string }) {
  const [t, client] = [useTranslations('import.undo'), useQueryClient()];
  const found = useQuery(importQuery(call, id, path)).data;
  const [sure, setSure] = useState(false);
  const undo = useMutation({
    mutationFn: () => undoImport(call, id, path),
    onSuccess: (now) => client.setQueryData(importQuery(call, id, path).queryKey, now),
  });
  const isUndone = found?.state === 'IMPORT_STATE_UNDONE';
  const [state, resource] = [found?.state, found?.resource];
  const seen = useRef<string>(undefined);
  useEffect(() => {
    const before = seen.current;
    seen.current = state;
    if (!isJustUndone(before, state)) return;
    // The list alone: what stands below its key are the imports themselves, each of which looks after itself.
    void client.invalidateQueries({ queryKey: importsQuery(call).queryKey, exact: true });
    for (const name of resource === undefined ? ['contacts.person', 'contacts.company', 'contacts.lead'] : [resource]) void changed(client, name);
  }, [client, state, resource]);
  const now = useNow();
  if (found === undefined) return null;
  if (found.undo !== undefined) return <Progress undo={found.undo} isUndone={isUndone} kind={resource} />;
  if (!isUndoable(found, now)) return null;
  const problem = undo.error instanceof ApiProblem ? undo.error.message : undo.error?.message;
  return (
    <>
      <button type="button" className="button danger" disabled={undo.isPending} onClick={() => (sure ? undo.mutate() : setSure(true))}><Undo2 size={14} aria-hidden />{sure ? t('sure') : t('begin')}</button>
      {problem === undefined ? null : <p className="fault" role="alert">{problem}</p>}
    </>
  );
}

function Progress({ undo, isUndone, kind }: { readonly undo: NonNullable<Import['undo']>; readonly isUndone: boolean; readonly kind: string | undefined }) {
  const [t, format] = [useTranslations('import.undo'), useFormatter()];
  const count = (value: string | undefined) => format.number(Number(value ?? 0));
  const kept = undo.keptRecords ?? [];
  return (
    <div className="working" role="status">
      <p>{isUndone ? t('done') : t('working')} <span className="dim tabular">{t('counts', { deleted: count(undo.deleted), restored: count(undo.restored), kept: count(undo.kept) })}</span></p>
      {isUndone ? null : <progress aria-label={t('working')} max={Math.max(1, Number(undo.total ?? 0))} value={Number(undo.done ?? 0)} />}
      {kept.length === 0 ? null : (
        <details><summary>{t('keptTitle')}</summary>
          <ul className="kept">{kept.slice(0, 100).map(({ resource, id, reason }) => {
            const known = reasons.find((name) => name === reason);
            return <li key={id}>{reason === 'GONE' ? <code>{id.slice(0, 8)}</code> : <Link className="quiet" href={recordPath(resource ?? kind ?? '', id)}>{id.slice(0, 8)}</Link>} <span className="dim">{known === undefined ? reason : t(`reasons.${known}`)}</span></li>;
          })}</ul>
        </details>
      )}
    </div>
  );
}
