import Dialog from '@mui/material/Dialog';
import { Command as Menu } from 'cmdk';
import { ArrowRight, ListChecks, Plus, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useResources } from '../api/metadata';
import { useLanguage } from '../i18n/useLanguage';
import { ResourceIcon } from '../shell/icons';
import { commandsOf, hitCommands, matching, type Command } from './commands';
import { Keys } from './Keys';
import { useSearchHits } from './useSearchHits';

const groups = ['act', 'records', 'go', 'create', 'view', 'find'] as const;

interface Props {
  readonly more: readonly Command[];
  readonly onRun: (command: Command) => void;
  readonly onClose: () => void;
}

/** Where one types what one wants: a record, a place, a new record, another look. */
export function CommandMenu({ more, onRun, onClose }: Props) {
  const [t, ofMany, resources] = [useTranslations('commands'), useTranslations('bulk'), useResources()];
  const [words, setWords] = useState('');
  const [language] = useLanguage();
  const { hits, isSearching } = useSearchHits(words);
  const known = commandsOf(resources, language, words, { create: (label) => t('create', { label }), find: (query, label) => t('find', { query, label }) });
  const commands = matching([...hitCommands(hits, resources), ...known, ...more], words);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-label={t('title')} transitionDuration={80} className="commands" slotProps={{ paper: { className: 'commands-paper' } }}>
      <Menu shouldFilter={false} loop label={t('title')}>
        <div className="commands-words"><Search size={16} aria-hidden /><Menu.Input autoFocus value={words} onValueChange={setWords} placeholder={t('placeholder')} /><Keys keys={['Esc']} /></div>
        <Menu.List>
          {commands.length === 0 ? <p className="commands-none" role="status">{isSearching ? t('searching') : t('nothing')}</p> : null}
          {groups.map((group) => {
            const shown = commands.filter((command) => command.group === group);
            return shown.length === 0 ? null : (
              <Menu.Group key={group} heading={group === 'act' ? ofMany('act') : t(`groups.${group}`)}>
                {shown.map((command) => <Item key={command.id} command={command} onRun={onRun} />)}
              </Menu.Group>
            );
          })}
        </Menu.List>
      </Menu>
    </Dialog>
  );
}

function Item({ command, onRun }: { readonly command: Command; readonly onRun: (command: Command) => void }) {
  return (
    <Menu.Item value={command.id} onSelect={() => onRun(command)}>
      {command.group === 'act' ? <ListChecks size={15} aria-hidden /> : command.group === 'create' ? <Plus size={15} aria-hidden /> : command.resource === undefined ? <ArrowRight size={15} aria-hidden /> : <ResourceIcon name={command.resource} size={15} />}
      <span className="truncate">{command.label}</span>
      {command.hint === undefined ? null : <small className="truncate">{command.hint}</small>}
      {command.keys === undefined ? null : <Keys keys={command.keys} />}
    </Menu.Item>
  );
}
