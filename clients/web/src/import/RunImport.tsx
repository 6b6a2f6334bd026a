import { useTranslations } from 'next-intl';
import { Link } from '../routing/Link';
import { listPath } from '../routing/places';
import { Counts } from './Counts';
import { Rejected } from './Rejected';
import { Undo } from './Undo';
import type { Wizard } from './useWizard';
import { Working } from './Working';

/** The file while it is written, and what came of it. */
export function RunImport({ wizard }: { readonly wizard: Wizard }) {
  const t = useTranslations('import');
  const { outcome, problem, stopped, target } = wizard.state;
  return (
    <div className="tw:grid tw:gap-6 tw:max-w-4xl">
      {wizard.busy ? <><Working wizard={wizard} label={t('importing')} /><p className="dim">{t('stay')}</p></> : null}
      {stopped ? <p className="warning" role="alert">{t('stopped')}</p> : null}
      {problem === undefined ? null : <p className="warning" role="alert">{problem || t('unreadable')}</p>}
      {outcome === undefined ? null : (
        <>
          <h2 className="section-title" role="status">{t('done')}</h2>
          <Counts summary={outcome.summary} isDry={false} />
          <Rejected wizard={wizard} rejected={outcome.rejected} title={t('didReject')} made={outcome.errorFile} />
          <Rejected wizard={wizard} rejected={outcome.summary.warnings ?? []} title={t('maybeThere')} />
        </>
      )}
      <footer className="actions">
        {wizard.busy ? <button type="button" className="button" onClick={wizard.stop}>{t('stop')}</button> : (
          <>
            {outcome?.summary.importId && target !== undefined ? <Undo id={outcome.summary.importId} path={target.imports} /> : null}
            <button type="button" className="button" onClick={wizard.again}>{t('another')}</button>
            {target === undefined ? null : <Link className="button primary" href={listPath(target.resource)}>{t('look')}</Link>}
          </>
        )}
      </footer>
    </div>
  );
}
