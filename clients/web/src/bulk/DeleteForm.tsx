import { useTranslations } from 'next-intl';

/** Nothing is asked: what it means is said. */
export function DeleteForm() {
  const t = useTranslations('bulk');
  return <p>{t('deleteHint')}</p>;
}
