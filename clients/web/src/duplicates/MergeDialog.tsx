import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { call, type Field, type Resource, type Row } from '../api/api';
import { changed } from '../api/changed';
import { toldOf } from '../api/told';
import { kindOf } from '../fields/registry';
import { rowAddress, rowKey, rowQuery } from '../records/queries';
import { isEmpty, nameOf, valueAt } from '../records/values';
import { Skeleton } from '../shell/Skeleton';
import { Fault } from '../ui/Fault';
import { useNotice } from '../ui/Notice';
import { byItself, comparedFields, differs, mergeBody, type Duplicate } from './duplicates';

interface Props {
  readonly resource: Resource;
  readonly pair: Duplicate;
  readonly onClose: () => void;
}

/** The two side by side: which one stays, and whose value each field gets. */
export function MergeDialog({ resource, pair, onClose }: Props) {
  const [t, id] = [useTranslations('duplicates'), useId()];
  const rows = [useQuery(rowQuery(call, resource, pair.firstId)), useQuery(rowQuery(call, resource, pair.secondId))] as const;
  const [first, second] = [rows[0].data, rows[1].data];
  // A record that is there and cannot be asked for right now can still be compared; one that is refused cannot.
  const failed = rows.find((row) => row.isError && (row.data === undefined || row.error instanceof ApiProblem));
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <div className="form">
        <header><h2 id={`${id}-title`}>{t('merge')}</h2><button type="button" className="icon-button" aria-label={t('cancel')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        {failed !== undefined ? <Fault told={toldOf(failed.error)} onRetry={() => rows.forEach((row) => void (row.isError && row.refetch()))} /> : first === undefined || second === undefined ? <Skeleton /> : <Comparison resource={resource} first={first} second={second} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

function Comparison({ resource, first, second, onClose }: { readonly resource: Resource; readonly first: Row; readonly second: Row; readonly onClose: () => void }) {
  const [t, id] = [useTranslations('duplicates'), useId()];
  const [staysId, setStaysId] = useState(first.id);
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const [stays, goes] = staysId === first.id ? [first, second] : [second, first];
  const fields = comparedFields(resource, first, second);
  const merge = useMerge(resource, stays, goes, onClose);
  const problem = merge.error instanceof ApiProblem ? (merge.error.errors[0]?.message ?? merge.error.message) : merge.isError ? t('failed') : undefined;
  return (
    <>
      <div className="merge-scroll">
        <table className="grid merge">
          <thead>
            <tr>
              <th scope="col">{t('stays')}</th>
              {[first, second].map((row) => (
                <th key={row.id} scope="col"><label className="check"><input type="radio" name={`${id}-stays`} checked={staysId === row.id} onChange={() => setStaysId(row.id)} />{nameOf(row)}</label></th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <FieldLine key={field.path} resource={resource} field={field} rows={[first, second]} name={`${id}-${field.path}`}
                chosen={chosen.get(field.path) ?? byItself(field, stays, goes)} onChoose={(from) => setChosen(new Map(chosen).set(field.path, from))} />
            ))}
          </tbody>
        </table>
      </div>
      {problem === undefined ? null : <p className="fault" role="alert">{problem}</p>}
      <footer>
        <span className="dim grow">{t('mergeHint')}</span>
        <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
        <button type="button" className="button primary" disabled={merge.isPending} onClick={() => merge.mutate(mergeBody(fields, stays, goes, chosen))}>{t('makeOne')}</button>
      </footer>
    </>
  );
}

interface LineProps {
  readonly resource: Resource;
  readonly field: Field;
  readonly rows: readonly [Row, Row];
  readonly name: string;
  readonly chosen: string;
  readonly onChoose: (from: string) => void;
}

function FieldLine({ resource, field, rows, name, chosen, onChoose }: LineProps) {
  const t = useTranslations('records');
  const { Cell } = kindOf(field);
  const open = differs(field, ...rows);
  return (
    <tr data-same={!open}>
      <th scope="row">{field.label}</th>
      {rows.map((row) => {
        const value = valueAt(row, field.jsonPath);
        const shown = isEmpty(value) ? <span className="nothing">{t('empty')}</span> : <Cell resource={resource} field={field} value={value} />;
        return (
          <td key={row.id} data-taken={open && chosen === row.id}>
            {open ? <span className="merge-choice"><input type="radio" name={name} aria-label={`${field.label}: ${nameOf(row)}`} checked={chosen === row.id} onChange={() => onChoose(row.id)} /><span className="merge-value" onClick={() => onChoose(row.id)}>{shown}</span></span> : shown}
          </td>
        );
      })}
    </tr>
  );
}

/** Makes them one; for some weeks that can be taken back. */
function useMerge(resource: Resource, stays: Row, goes: Row, onClose: () => void) {
  const [t, client, tell] = [useTranslations('duplicates'), useQueryClient(), useNotice()];
  const anew = () => Promise.all([changed(client, resource.resource), client.invalidateQueries({ queryKey: ['duplicates'] }), client.invalidateQueries({ queryKey: ['name'] })]);
  const takeBack = (mergeId: string) => call('POST', `${rowAddress(resource, stays.id)}:unmerge`, { body: { mergeId } }).then(
    () => tell({ text: t('takenBack') }), (fault: Error) => tell({ text: fault.message, bad: true })).then(anew);
  return useMutation({
    mutationFn: (body: object) => call<{ merge: { id: string } }>('POST', `${rowAddress(resource, stays.id)}:merge`, { body }),
    onSuccess: ({ merge }) => {
      onClose();
      tell({ text: t('merged', { name: nameOf(stays), other: nameOf(goes) }), action: { label: t('undo'), run: () => void takeBack(merge.id) } });
      void anew();
    },
    // What is compared may be another record by now; what is tried next is tried with that.
    onError: () => Promise.all([stays, goes].map(({ id }) => client.invalidateQueries({ queryKey: rowKey(resource, id) }))),
  });
}
