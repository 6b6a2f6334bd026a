import { usePathname } from 'next/navigation';
import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { usePermissions } from '../api/me';
import { useResources } from '../api/metadata';
import { useOpenCommands } from '../commands/Commands';
import { Keys } from '../commands/Keys';
import { useLanguage } from '../i18n/useLanguage';
import { Link } from '../routing/Link';
import { listPath, placeOf } from '../routing/places';
import { Bell } from './Bell';
import { ResourceIcon } from './icons';
import { menuOf } from './menu';
import { OrganizationMenu } from './OrganizationMenu';
import { pagesOf, type Page } from './pages';
import { UserMenu } from './UserMenu';

export function Sidebar() {
  const [t, path, resources, [language]] = [useTranslations('shell'), usePathname(), useResources(), useLanguage()];
  const [place, pages] = [placeOf(path), pagesOf(resources, usePermissions())];
  const here = 'resource' in place ? place.resource : '';
  const groups = menuOf(resources, language);
  const page = ({ key, path: to, icon: Icon }: Page) => (
    <li key={key}><Link href={to} className="nav" aria-current={path === to || path.startsWith(`${to}/`) ? 'page' : undefined}><Icon size={16} aria-hidden /><span className="truncate">{t(`pages.${key}`)}</span></Link></li>
  );
  const company = pages.filter((entry) => entry.group === 'company');
  return (
    <aside className="sidebar">
      <OrganizationMenu />
      <OpenCommands />
      <nav aria-label={t('navigation')}>
        <ul>{pages.filter((entry) => entry.group === 'first').map(page)}</ul>
        {groups.map((group) => (
          <section key={group.key}>
            <h2>{t(`groups.${group.key}`)}</h2>
            <ul>
              {group.resources.map(({ resource, pluralLabel, label }) => (
                <li key={resource}>
                  <Link href={listPath(resource)} className="nav" aria-current={resource === here ? 'page' : undefined}><ResourceIcon name={resource} size={16} /><span className="truncate">{pluralLabel || label}</span></Link>
                </li>
              ))}
              {pages.filter((entry) => entry.group === group.key).map(page)}
            </ul>
          </section>
        ))}
        {company.length === 0 ? null : <section><h2>{t('groups.company')}</h2><ul>{company.map(page)}</ul></section>}
      </nav>
      <Bell />
      <UserMenu />
    </aside>
  );
}

function OpenCommands() {
  const [t, open] = [useTranslations('commands'), useOpenCommands()];
  return <button type="button" className="commands-open" aria-keyshortcuts="Control+K Meta+K" onClick={open}><Search size={14} aria-hidden /><span className="truncate">{t('open')}</span><Keys keys={['Ctrl', 'K']} /></button>;
}
