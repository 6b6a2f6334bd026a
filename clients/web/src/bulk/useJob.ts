import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { changed } from '../api/changed';
import { useResources } from '../api/metadata';
import { isUnderWay, type Job } from './jobs';

/** When a job ends, whatever shows its records is asked for anew. */
export function useEnding(job: Job): void {
  const [client, going, { resource, operation }] = [useQueryClient(), isUnderWay(job), job];
  const went = useRef(going);
  useEffect(() => {
    if (went.current && !going && operation !== 'BULK_OPERATION_EXPORT') void changed(client, resource);
    went.current = going;
  }, [client, going, resource, operation]);
}

const operations = ['UPDATE', 'ASSIGN', 'ADD_TAGS', 'REMOVE_TAGS', 'DELETE', 'MERGE', 'EXPORT'] as const;

/** What a job does, and with what. */
export function useJobTitle({ operation, resource }: Job): string {
  const [t, resources] = [useTranslations('bulk'), useResources()];
  const label = resources.find((entry) => entry.resource === resource)?.pluralLabel || resource;
  const name = operations.find((entry) => operation === `BULK_OPERATION_${entry}`);
  return name === undefined ? label : t(`operations.${name}`, { label });
}
