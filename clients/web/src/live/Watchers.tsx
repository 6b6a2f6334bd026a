import { useTranslations } from 'next-intl';
import { useMe } from '../api/me';
import { Avatar } from '../ui/Avatar';
import { useWatchers } from './useLive';

const most = 4;

/** The others who look at the same right now. */
export function Watchers({ room }: { readonly room: string }) {
  const [t, me] = [useTranslations('live'), useMe()];
  const others = useWatchers(room).filter((person) => person.userId !== me.id);
  return (
    <div className="watchers" role="status" aria-live="polite">
      {others.length === 0 ? null : <span className="unseen">{t('watching', { names: others.map((person) => person.name).join(', ') })}</span>}
      {others.slice(0, most).map((person) => <span key={person.userId} title={person.name} data-watcher={person.userId}><Avatar name={person.name} round /></span>)}
      {others.length > most ? <small aria-hidden>+{others.length - most}</small> : null}
    </div>
  );
}
