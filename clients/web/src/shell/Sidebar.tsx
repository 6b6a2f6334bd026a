import { usePathname } from 'next/navigation';
import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useResources } from '../api/metadata';
import { useOpenCommands } from '../commands/Commands';
import { Keys } from '../commands/Keys';
import { useLanguage } from '../i18n/useLanguage';
import { Link } from '../routing/Link';
import { listPath, placeOf } from '../routing/places';
import { ResourceIcon } from './icons';
import { menuOf } from './menu';
import { OrganizationMenu } from './OrganizationMenu';
import { UserMenu } from './UserMenu';

export function Sidebar() {
  const [t, place] = [useTranslations('shell'), placeOf(usePathname())];
  const here = 'resource' in place ? place.resource : '';
  return (
    <aside className="sidebar">
      <OrganizationMenu />
      <OpenCommands />
      <nav aria-label={t('navigation')}>
        {menuOf(useResources(), useLanguage()[0]).map((group) => (
          <section key={group.key}>
            <h2>{t(`groups.${group.key}`)}</h2>
            <ul>
              {group.resources.map(({ resource, pluralLabel, label }) => (
                <li key={resource}>
                  <Link href={listPath(resource)} className="nav" aria-current={resource === here ? 'page' : undefined}><ResourceIcon name={resource} size={16} /><span className="truncate">{pluralLabel || label}</span></Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <UserMenu />
    </aside>
  );
}

function OpenCommands() {
  const [t, open] = [useTranslations('commands'), useOpenCommands()];
  return <button type="button" className="commands-open" aria-keyshortcuts="Control+K Meta+K" onClick={open}><Search size={14} aria-hidden /><span className="truncate">{t('open')}</span><Keys keys={['Ctrl', 'K']} /></button>;
}
