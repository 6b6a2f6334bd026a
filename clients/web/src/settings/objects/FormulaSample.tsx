import type { components } from '@platform/api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { call, type Field, type Resource, type Row } from '../../api/api';
import { saidOf } from '../../api/told';
import { kindOf } from '../../fields/registry';
import { useLanguage } from '../../i18n/useLanguage';
import { searchFilter } from '../../records/filters';
import { listRows } from '../../records/records';
import { nameOf } from '../../records/values';
import { Picker } from '../../ui/Picker';
import { kindNameOf } from './fields';

type Evaluated = components['schemas']['metadata.EvaluateFormulaResponse'];

interface Props {
  readonly id: string;
  readonly resource: Resource;
  /** One that is right; undefined while it is not, or is being looked at. */
  readonly formula: string | undefined;
}

const reasons = ['DIVISION_BY_ZERO', 'CURRENCY_MISMATCH', 'UNKNOWN_CURRENCY', 'OUT_OF_RANGE', 'TOO_LONG'] as const;

/** What the formula that is being written gives for a record: the newest one, or one that is chosen. */
export function FormulaSample({ id, resource, formula }: Props) {
  const [t, [words, setWords], [chosen, setChosen]] = [useTranslations('designer'), useState(''), useState<Row>()];
  const listed = (filter: string) => ({
    queryKey: ['rows', resource.resource, 'picker', filter],
    queryFn: ({ signal }: { signal: AbortSignal }) => listRows(resource.restPath, { pageSize: 20, filter: filter || undefined }, signal),
    retry: false,
  });
  const newest = useQuery(listed(''));
  const found = useQuery({ ...listed(searchFilter(resource, words)), placeholderData: keepPreviousData });
  const rows = found.data?.rows ?? [];
  // What is looked for does not change what it is tried on until it is chosen.
  const row = chosen ?? newest.data?.rows[0];
  // Who may not see any record, or of whom there is none, has nothing to try it on.
  if (row === undefined) return null;
  return (
    <div className="formula-sample">
      <label className="form-label" htmlFor={`${id}-sample`}>{t('formula.sample')}</label>
      <div className="formula-try">
        <Picker id={`${id}-sample`} options={rows.map((entry) => ({ key: entry.id, label: nameOf(entry) }))} chosen={[{ key: row.id, label: nameOf(row) }]}
          onSearch={setWords} loading={found.isFetching} onPick={([picked]) => setChosen(rows.find((entry) => entry.id === picked?.key))} />
        <output htmlFor={`${id}-sample ${id}`} aria-live="polite">{formula === undefined ? <span className="dim">—</span> : <Value resource={resource} row={row} formula={formula} />}</output>
      </div>
    </div>
  );
}

function Value({ resource, row, formula }: { readonly resource: Resource; readonly row: Row; readonly formula: string }) {
  const [t, [language]] = [useTranslations('designer'), useLanguage()];
  const tried = useQuery({
    queryKey: ['designer', 'try', resource.resource, row, formula, language],
    queryFn: ({ signal }) => call<Evaluated>('POST', '/api/v1/metadata/fields:evaluate', { body: { resource: resource.resource, formula, record: row }, signal }),
    retry: false,
  });
  if (tried.isError) return <span className="fault">{saidOf(tried.error)}</span>;
  if (tried.data === undefined) return <span className="dim">…</span>;
  const { value, resultType, reason, missing = [] } = tried.data;
  if (value === undefined || value === null) {
    const known = reasons.find((entry) => entry === reason);
    const names = missing.map((path) => resource.fields.find((field) => field.path === path)?.label ?? path);
    return <span className="dim">{known !== undefined ? t(`formula.reasons.${known}`) : names.length > 0 ? t('formula.missing', { count: names.length, names: names.join(', ') }) : t('formula.noValue')}</span>;
  }
  // Drawn as the field will be.
  const field = { ...resource.fields[0]!, path: 'custom_fields.formula_being_written', jsonPath: '', type: kindNameOf(resultType), builtIn: false, enumValues: [] } satisfies Field;
  const { Cell } = kindOf(field);
  return <b><Cell resource={resource} field={field} value={value} /></b>;
}
