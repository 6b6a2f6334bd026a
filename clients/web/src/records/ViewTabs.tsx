import { Menu, MenuItem } from '../ui/Opening';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Star, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { call, type Resource, type SavedView } from '../api/api';
import { useMe } from '../api/me';
import { useNotice } from '../ui/Notice';
import { isMine } from './saving';

interface Props {
  readonly resource: Resource;
  readonly view: SavedView | undefined;
  readonly onView: (id: string) => void;
}

/** The saved views of the list; nothing where there are none. */
export function ViewTabs({ resource, view, onView }: Props) {
  const t = useTranslations('records');
  if (resource.views.length === 0) return null;
  const tab = (id: string, label: string, chosen: boolean) => (
    <button key={id} type="button" className="tab" aria-pressed={chosen} onClick={() => onView(id)}>{label}</button>
  );
  return (
    <div className="tabs" role="group" aria-label={t('views')}>
      {tab('all', t('all'), view === undefined)}
      {resource.views.map((entry) => tab(entry.id, entry.label || entry.key, entry.id === view?.id))}
      {view === undefined ? null : <ViewMenu key={view.id} resource={resource} view={view} onGone={() => onView('all')} />}
    </div>
  );
}

/** What is done with the view that is shown: the list opens with it, or it goes. */
function ViewMenu({ resource, view, onGone }: { readonly resource: Resource; readonly view: SavedView; readonly onGone: () => void }) {
  const [t, me, client, tell] = [useTranslations('views'), useMe(), useQueryClient(), useNotice()];
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const change = useMutation({
    mutationFn: (what: 'prefer' | 'delete') =>
      what === 'prefer' ? call('POST', `/api/v1/metadata/views/${view.id}:prefer`, { body: { withdraw: view.id === resource.defaultViewId } }) : call('DELETE', `/api/v1/metadata/views/${view.id}`),
    onSuccess: (_answer, what) => {
      if (what === 'delete') onGone();
      void client.invalidateQueries({ queryKey: ['resource', resource.resource] });
    },
    onError: (fault) => tell({ text: fault.message, bad: true }),
  });
  const run = (what: 'prefer' | 'delete') => {
    setAnchor(null);
    change.mutate(what);
  };
  return (
    <>
      <button type="button" className="icon-button" aria-label={t('menu', { name: view.label })} aria-haspopup="menu" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}><Ellipsis size={15} aria-hidden /></button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={() => run('prefer')}><Star size={14} aria-hidden />{view.id === resource.defaultViewId ? t('notFirst') : t('first')}</MenuItem>
        {isMine(view, me.id) ? <MenuItem onClick={() => run('delete')}><Trash2 size={14} aria-hidden />{t('delete')}</MenuItem> : null}
      </Menu>
    </>
  );
}
