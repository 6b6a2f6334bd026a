import Dialog from '@mui/material/Dialog';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Command } from './commands';
import { Keys } from './Keys';

interface Row {
  readonly label: string;
  readonly keys: readonly string[];
}

/** All keys on one sheet: those of commands by themselves, and what the pages do with them. */
export function KeysSheet({ commands, onClose }: { readonly commands: readonly Command[]; readonly onClose: () => void }) {
  const [t, ofMany] = [useTranslations('keys'), useTranslations('bulk')];
  const everywhere: Row[] = [{ label: t('menu'), keys: ['Ctrl', 'K'] }, { label: t('search'), keys: ['/'] }, { label: t('new'), keys: ['n'] }, { label: t('sheet'), keys: ['?'] }];
  const going = commands.flatMap(({ label, keys }) => (keys === undefined ? [] : [{ label, keys }]));
  const board: Row[] = [{ label: t('walk'), keys: ['←', '↑', '→', '↓'] }, { label: t('move'), keys: ['Alt', '←'] }, { label: t('moveOn'), keys: ['Alt', '→'] }];
  const list: Row[] = [{ label: ofMany('sheet.pick'), keys: ['Space'] }, { label: ofMany('sheet.all'), keys: ['Ctrl', 'A'] }, { label: ofMany('sheet.none'), keys: ['Esc'] }];
  const fields: Row[] = [{ label: t('edit'), keys: ['Enter'] }, { label: t('giveUp'), keys: ['Esc'] }];
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="keys-title" transitionDuration={100}>
      <div className="form">
        <header><h2 id="keys-title">{t('title')}</h2><button type="button" className="icon-button" aria-label={t('close')} onClick={onClose}><X size={16} aria-hidden /></button></header>
        <div className="sheet">
          <Section title={t('everywhere')} rows={everywhere} />
          <Section title={t('going')} rows={going} />
          <Section title={ofMany('sheet.title')} rows={list} />
          <Section title={t('board')} rows={board} />
          <Section title={t('fields')} rows={fields} />
        </div>
      </div>
    </Dialog>
  );
}

function Section({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>{rows.map(({ label, keys }) => <div key={label}><dt>{label}</dt><dd><Keys keys={keys} /><span className="unseen">{keys.join(' ')}</span></dd></div>)}</dl>
    </section>
  );
}
