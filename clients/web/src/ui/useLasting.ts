import { ApiProblem } from '@platform/api';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { saidOf } from '../api/told';
import { useNotice } from './Notice';

interface Answer {
  readonly data: unknown;
  readonly error: Error | null;
}

/** Whether a failure leaves nothing to show: nothing is there yet, or what is there may not be seen any more. */
export const isFatal = ({ data, error }: Answer): boolean =>
  error !== null && (data === undefined || (error instanceof ApiProblem && (error.status === 403 || error.status === 404)));

/** Says that what is shown could not be read again, where it stays nevertheless. @returns Whether the failure takes its place. */
export function useLasting(answer: Answer, retry: () => unknown): boolean {
  const [t, tell] = [useTranslations('faults'), useNotice()];
  const again = useRef(retry);
  const [fatal, { error }] = [isFatal(answer), answer];
  useEffect(() => {
    again.current = retry;
  });
  useEffect(() => {
    if (error === null || fatal) return;
    tell({ text: error instanceof ApiProblem ? saidOf(error) : t('unreachable'), bad: true, action: { label: t('retry'), run: () => void again.current() } });
  }, [error, fatal, t, tell]);
  return fatal;
}
