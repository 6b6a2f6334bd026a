import { useTranslations } from 'use-intl';
import { useResources } from '../api/metadata';
import { Link } from '../routing/Link';
import { listPath, placeOf } from '../routing/places';
import { usePath } from '../routing/router';
import { iconOf } from './icons';
import { menuOf } from './menu';
import { OrganizationMenu } from './OrganizationMenu';
import { UserMenu } from './UserMenu';

export function Sidebar() {
  const [t, place] = [useTranslations('shell'), placeOf(usePath())];
  const here = 'resource' in place ? place.resource : '';
  return (
    <aside className="sidebar">
      <OrganizationMenu />
      <nav aria-label={t('navigation')}>
        {menuOf(useResources()).map((group) => (
          <section key={group.key}>
            <h2>{t(`groups.${group.key}`)}</h2>
            <ul>
              {group.resources.map(({ resource, pluralLabel, label }) => {
                const Icon = iconOf(resource);
                return (
                  <li key={resource}>
                    <Link href={listPath(resource)} className="nav" aria-current={resource === here ? 'page' : undefined}><Icon size={16} aria-hidden /><span className="truncate">{pluralLabel || label}</span></Link>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </nav>
      <UserMenu />
    </aside>
  );
}
