import { useTranslations } from 'next-intl';
import type { FormProps } from './BulkDialog';

/** Nothing is asked: what it means is said, which is another thing for deals and for records of the company's own objects. */
export function DeleteForm({ kind: { noun } }: Pick<FormProps, 'kind'>) {
  const t = useTranslations('bulk');
  return <p>{t(noun === 'deal' ? 'deleteDeals' : noun === 'record' ? 'deleteRecords' : 'deleteHint')}</p>;
}
