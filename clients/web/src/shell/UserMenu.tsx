import Divider from '@mui/material/Divider';
import { Menu, MenuItem } from '../ui/Opening';
import { useColorScheme } from '@mui/material/styles';
import { Check, LogOut, Monitor, MonitorSmartphone, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'next-intl';
import { signOut, useMe } from '../api/me';
import { languages, type Language } from '../i18n/languages';
import { useLanguage } from '../i18n/useLanguage';
import { Avatar } from '../ui/Avatar';

const modes = [['light', Sun], ['dark', Moon], ['system', Monitor]] as const;

export function UserMenu() {
  const [t, me] = [useTranslations('shell'), useMe()];
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { mode, setMode } = useColorScheme();
  const [language, setLanguage] = useLanguage();
  return (
    <>
      <button type="button" className="organization user" aria-haspopup="menu" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        <Avatar name={me.name} round /><span className="who"><span className="truncate">{me.name}</span><small className="truncate">{me.email}</small></span>
      </button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} anchorOrigin={{ vertical: 'top', horizontal: 'left' }} transformOrigin={{ vertical: 'bottom', horizontal: 'left' }}>
        {modes.map(([name, Icon]) => (
          <MenuItem key={name} role="menuitemradio" aria-checked={mode === name} onClick={() => setMode(name)}>
            <Icon size={15} aria-hidden /><span className="grow">{t(`modes.${name}`)}</span>{mode === name ? <Check size={14} aria-hidden /> : null}
          </MenuItem>
        ))}
        <Divider />
        {Object.entries(languages).map(([tag, name]) => (
          <MenuItem key={tag} lang={tag} role="menuitemradio" aria-checked={language === tag} onClick={() => setLanguage(tag as Language)}>
            <span className="tag" aria-hidden>{tag.toUpperCase()}</span><span className="grow">{name}</span>{language === tag ? <Check size={14} aria-hidden /> : null}
          </MenuItem>
        ))}
        <Divider />
        <MenuItem component="a" href="/sessions"><MonitorSmartphone size={15} aria-hidden />{t('sessions')}</MenuItem>
        <MenuItem onClick={() => void signOut()}><LogOut size={15} aria-hidden />{t('signOut')}</MenuItem>
      </Menu>
    </>
  );
}
