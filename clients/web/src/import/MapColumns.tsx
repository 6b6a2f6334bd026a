import { useTranslations } from 'next-intl';
import type { Field, Resource } from '../api/api';
import { matchable } from './targets';
import type { Wizard } from './useWizard';
import { Working } from './Working';

interface Props {
  readonly wizard: Wizard;
  readonly resource: Resource | undefined;
  readonly custom: readonly Field[];
}

/** What each column means: as the platform understands it, or as it is said here. */
export function MapColumns({ wizard, resource, custom }: Props) {
  const t = useTranslations('import');
  const { file, target, head, ignored, columns, problem } = wizard.state;
  if (file === undefined || target === undefined || head === undefined) return null;
  const understood = [...target.columns.map((column) => t(`columns.${column as 'name'}`)), ...custom.map((field) => field.label)];
  return (
    <div className="tw:grid tw:gap-5 tw:max-w-4xl">
      <p className="lead"><b>{file.name}</b></p>
      {problem === undefined ? null : <p className="warning" role="alert">{problem || t('unreadable')}</p>}
      {head.headers.length === 0 ? (wizard.busy ? null : <p className="dim">{t('unknown', { names: understood.join(', ') })}</p>) : (
        <div className="grid-scroll" tabIndex={0} role="region" aria-label={t('steps.columns')}>
          <table className="grid mapping">
            <thead><tr><th scope="col">{t('header')}</th><th scope="col" className="samples">{t('samples')}</th><th scope="col">{t('means')}</th></tr></thead>
            <tbody>
              {head.headers.map((header, index) => (
                <tr key={`${index} ${header}`}>
                  <th scope="row">{header || <span className="dim">{t('noHeader')}</span>}</th>
                  <td className="samples">{head.rows.map((row) => row.cells[index] ?? '').filter((cell) => cell.trim() !== '').slice(0, 3).join(' · ')}</td>
                  <td><Meaning wizard={wizard} header={header} custom={custom} known={ignored === undefined ? undefined : !ignored.includes(header)} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Settings wizard={wizard} resource={resource} />
      {wizard.busy ? <Working wizard={wizard} label={t('reading')} /> : null}
      <footer className="actions">
        <button type="button" className="button" onClick={wizard.again}>{t('otherFile')}</button>
        <button type="button" className="button primary" disabled={wizard.busy} onClick={() => void wizard.check()}>{t('check')}</button>
        <span className="dim">{columns.size > 0 ? t('mapped', { count: columns.size }) : ''}</span>
      </footer>
    </div>
  );
}

function Meaning({ wizard: { state, change }, header, custom, known }: { readonly wizard: Wizard; readonly header: string; readonly custom: readonly Field[]; readonly known: boolean | undefined }) {
  const t = useTranslations('import');
  const choose = (column: string) => {
    const columns = new Map(state.columns);
    if (column === '') columns.delete(header);
    else columns.set(header, column);
    // What was missing may be this.
    change({ columns, problem: undefined });
  };
  return (
    <select className="input" aria-label={t('meaningOf', { header })} value={state.columns.get(header) ?? ''} disabled={header === ''} onChange={(event) => choose(event.target.value)}>
      <option value="">{known === undefined ? t('ifKnown') : known ? t('byItself') : t('leftOut')}</option>
      {state.target?.columns.map((column) => <option key={column} value={column}>{t(`columns.${column as 'name'}`)}</option>)}
      {custom.map((field) => <option key={field.path} value={field.path}>{field.label}</option>)}
    </select>
  );
}

/** How records that are there already are recognised, and what becomes of rows that may be one of them. */
function Settings({ wizard: { state, change }, resource }: { readonly wizard: Wizard; readonly resource: Resource | undefined }) {
  const t = useTranslations('import');
  if (state.target?.query['target'] !== undefined)
    return (
      <div className="form-field tw:max-w-md">
        <label htmlFor="import-duplicates">{t('duplicates.label')}</label>
        <select id="import-duplicates" className="input" value={state.duplicates} onChange={(event) => change({ duplicates: event.target.value })}>
          <option value="">{t('duplicates.rules')}</option>
          {(['create', 'warn', 'skip', 'fill'] as const).map((way) => <option key={way} value={way}>{t(`duplicates.${way}`)}</option>)}
        </select>
        <small>{t('duplicates.hint')}</small>
      </div>
    );
  return (
    <div className="form-field tw:max-w-md">
      <label htmlFor="import-match">{t('match.label')}</label>
      <select id="import-match" className="input" value={state.match} onChange={(event) => change({ match: event.target.value })}>
        <option value="">{t('match.itself')}</option>
        <option value="name">{t('columns.name')}</option>
        <option value="number">{t('columns.number')}</option>
        {(resource === undefined ? [] : matchable(resource)).map((field) => <option key={field.path} value={field.path}>{field.label}</option>)}
      </select>
      <small>{t('match.hint')}</small>
    </div>
  );
}
