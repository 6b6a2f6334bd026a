import { Menu, MenuItem } from '../ui/Opening';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'next-intl';
import { switchTo, useMe } from '../api/me';
import { Avatar } from '../ui/Avatar';
import { CompanyMark } from './CompanyMark';

export function OrganizationMenu() {
  const [t, me] = [useTranslations('shell'), useMe()];
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const name = me.tenant?.name ?? t('noOrganization');
  return (
    <>
      <button type="button" className="organization" aria-haspopup="menu" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        <CompanyMark name={name} /><span className="truncate">{name}</span><ChevronsUpDown size={14} aria-hidden />
      </button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {me.tenants.map((tenant) => (
          <MenuItem key={tenant.id} onClick={() => (tenant.id === me.tenant?.id ? setAnchor(null) : void switchTo(tenant.alias))}>
            <Avatar name={tenant.name} /><span className="grow truncate">{tenant.name}</span>{tenant.id === me.tenant?.id ? <Check size={14} aria-hidden /> : null}
          </MenuItem>
        ))}
        <MenuItem onClick={() => void switchTo()}>{t('otherOrganization')}</MenuItem>
      </Menu>
    </>
  );
}
