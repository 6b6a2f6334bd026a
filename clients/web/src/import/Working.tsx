import { useFormatter, useTranslations } from 'next-intl';
import type { Wizard } from './useWizard';

/** How far the platform has come with the file. */
export function Working({ wizard: { state }, label }: { readonly wizard: Wizard; readonly label: string }) {
  const [t, format] = [useTranslations('import'), useFormatter()];
  const { rows, bytes } = state.progress ?? { rows: 0, bytes: 0 };
  const share = Math.min(1, bytes / Math.max(1, state.file?.size ?? 1));
  return (
    <div className="working" role="status">
      <p>{label} <span className="dim tabular">{rows > 0 ? t('rowsSoFar', { count: rows, share: format.number(share, { style: 'percent' }) }) : ''}</span></p>
      <progress aria-label={label} max={1} {...(bytes > 0 ? { value: share } : {})} />
    </div>
  );
}
