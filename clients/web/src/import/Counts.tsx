import { useFormatter, useTranslations } from 'next-intl';
import { Facts } from '../ui/Facts';
import type { Summary } from './run';

const kinds = ['people', 'companies', 'leads', 'records'] as const;

/** What became of the rows, or what would. */
export function Counts({ summary, isDry }: { readonly summary: Summary; readonly isDry: boolean }) {
  const [t, format] = [useTranslations('import'), useFormatter()];
  const count = (key: string) => Number(summary[key] ?? 0);
  const shown = (key: string) => format.number(count(key));
  const done = isDry ? 'would' : 'did';
  return (
    <Facts facts={[
      { label: t('counts.read'), value: shown('rowsRead') },
      ...kinds.filter((kind) => count(`${kind}Created`) > 0).map((kind) => ({ label: t(`counts.${done}Create.${kind}`), value: shown(`${kind}Created`) })),
      ...kinds.filter((kind) => count(`${kind}Updated`) > 0).map((kind) => ({ label: t(`counts.${done}Update.${kind}`), value: shown(`${kind}Updated`) })),
      ...(count('rowsUnchanged') > 0 ? [{ label: t('counts.unchanged'), value: shown('rowsUnchanged') }] : []),
      ...(count('rowsDuplicate') > 0 ? [{ label: t('counts.duplicate'), value: shown('rowsDuplicate') }] : []),
      { label: t('counts.rejected'), value: shown('rowsRejected'), bad: count('rowsRejected') > 0 },
    ]} />
  );
}
