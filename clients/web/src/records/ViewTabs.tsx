import { useTranslations } from 'next-intl';
import type { Resource, SavedView } from '../api/api';

/** The saved views of the list; nothing where there are none. */
export function ViewTabs({ resource, view, onView }: { readonly resource: Resource; readonly view: SavedView | undefined; readonly onView: (id: string) => void }) {
  const t = useTranslations('records');
  if (resource.views.length === 0) return null;
  const tab = (id: string, label: string, chosen: boolean) => (
    <button key={id} type="button" className="tab" aria-pressed={chosen} onClick={() => onView(id)}>{label}</button>
  );
  return (
    <div className="tabs" role="group" aria-label={t('views')}>
      {tab('all', t('all'), view === undefined)}
      {resource.views.map((entry) => tab(entry.id, entry.label || entry.key, entry.id === view?.id))}
    </div>
  );
}
