import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { TextRow } from './csv';
import { errorFile } from './errorFile';
import { linesOf } from './head';
import type { RowError } from './run';
import type { Wizard } from './useWizard';

const shown = 200;

/** The rows that were not taken, as they stand in the file, with what is wrong; and all of them as a file. */
export function Rejected({ wizard: { state }, rejected, title, made }: { readonly wizard: Wizard; readonly rejected: readonly RowError[]; readonly title: string; readonly made?: Blob | undefined }) {
  const t = useTranslations('import');
  const [rows, setRows] = useState<ReadonlyMap<number, TextRow>>();
  const { file, head } = state;
  useEffect(() => {
    let here = true;
    if (file !== undefined) void linesOf(file).then((found) => here && setRows(found));
    return () => void (here = false);
  }, [file]);
  if (rejected.length === 0) return null;
  const save = () => {
    // The platform made it of the file that was sent, with its own columns, whatever kind of file that is.
    const told = made ?? new Blob([errorFile(rejected, rows, head?.headers ?? [], { line: t('line'), column: t('header'), fault: t('fault') })], { type: 'text/csv' });
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(told), download: `${file?.name.replace(/\.\w+$/, '') ?? 'import'}-errors.${told.type.startsWith('text/') ? 'csv' : 'xlsx'}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  return (
    <section className="tw:grid tw:gap-3">
      <div className="tw:flex tw:items-center tw:gap-3 tw:flex-wrap"><h2 className="section-title">{title}</h2><button type="button" className="button" onClick={save}><Download size={14} aria-hidden />{t('errorFile')}</button></div>
      <div className="grid-scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="grid">
          <thead><tr><th scope="col" className="end">{t('line')}</th><th scope="col">{t('header')}</th><th scope="col">{t('fault')}</th>{rows === undefined ? null : <th scope="col">{t('row')}</th>}</tr></thead>
          <tbody>
            {rejected.slice(0, shown).map(({ line, column, code, message }, index) => (
              <tr key={`${index} ${line}`}>
                <td className="end tabular">{line}</td><td>{column}</td><td className="wrap">{message} <code className="dim">{code}</code></td>
                {rows === undefined ? null : <td className="samples">{rows.get(Number(line))?.cells.filter((cell) => cell !== '').join(' · ')}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rejected.length > shown ? <p className="dim">{t('more', { count: rejected.length - shown })}</p> : null}
    </section>
  );
}
