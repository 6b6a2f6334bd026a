'use client';

import { useTranslations } from 'next-intl';

const lines = Array.from({ length: 9 }, (_, index) => index);

/** The shape of what is on its way. */
export function Skeleton() {
  const t = useTranslations('fields');
  return (
    <div className="skeleton" role="status" aria-label={t('loading')}>
      <div className="bone title" />
      {lines.map((line) => <div key={line} className="bone" data-line={line % 3} />)}
    </div>
  );
}
