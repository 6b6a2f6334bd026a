import { useTranslations } from 'next-intl';
import { Counts } from './Counts';
import { Rejected } from './Rejected';
import type { Wizard } from './useWizard';
import { Working } from './Working';

/** The whole file, tried without keeping anything: what would come of it. */
export function CheckRows({ wizard }: { readonly wizard: Wizard }) {
  const t = useTranslations('import');
  const { outcome, problem } = wizard.state;
  const good = outcome === undefined ? 0 : Number(outcome.summary.rowsRead) - Number(outcome.summary.rowsRejected);
  return (
    <div className="tw:grid tw:gap-6 tw:max-w-4xl">
      {wizard.busy ? <Working wizard={wizard} label={t('checking')} /> : null}
      {problem === undefined ? null : <p className="warning" role="alert">{problem || t('unreadable')}</p>}
      {outcome === undefined ? null : (
        <>
          <Counts summary={outcome.summary} isDry />
          {outcome.summary.ignoredColumns.length === 0 ? null : <p className="dim">{t('ignored', { columns: outcome.summary.ignoredColumns.join(', ') })}</p>}
          <Rejected wizard={wizard} rejected={outcome.rejected} title={t('wouldReject')} made={outcome.errorFile} />
          <Rejected wizard={wizard} rejected={outcome.summary.warnings ?? []} title={t('maybeThere')} />
        </>
      )}
      <footer className="actions">
        <button type="button" className="button" onClick={() => { wizard.stop(); wizard.back('columns'); }}>{t('back')}</button>
        {outcome === undefined ? null : <button type="button" className="button primary" disabled={good === 0} onClick={() => void wizard.run()}>{t('importRows', { count: good })}</button>}
      </footer>
    </div>
  );
}
