import { useMutation } from '@tanstack/react-query';
import { ImageUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, type ChangeEvent } from 'react';
import { useMe } from '../../api/me';
import { begun, logoOf, type Theme } from '../../theme/company';
import { Avatar } from '../../ui/Avatar';
import { brandTheme, inBase64, mostLogo, saveTheme } from './themes';

interface Props {
  readonly theme: Theme;
  /** There is a theme where there was none. */
  readonly onMade: (theme: Theme) => Promise<void>;
  readonly onChanged: (text: string, theme: Theme) => Promise<void>;
  readonly onRefused: (fault: Error) => void;
}

/** The company's mark: chosen from a file and worn at once, or taken away. */
export function LogoLine({ theme, onMade, onChanged, onRefused }: Props) {
  const [t, id, me] = [useTranslations('themes'), useId(), useMe()];
  const name = me.tenant?.name ?? '';
  const logo = logoOf(theme);
  const brand = useMutation({
    mutationFn: async (file: File | undefined) => {
      if (file !== undefined && file.size > mostLogo) throw new Error(t('logoTooLarge'));
      // A logo is of a theme: the first one makes it, with the colours that are worn already.
      const of = theme.id === '' ? await saveTheme(theme, { light: begun.light, dark: begun.dark, radius: begun.radius, label: name || 'Theme' }) : theme;
      // It is there and worn also where the logo is refused.
      if (of !== theme) void onMade(of);
      return brandTheme(of.id, file === undefined ? '' : await inBase64(file));
    },
    onSuccess: (now, file) => onChanged(t(file === undefined ? 'logoRemoved' : 'logoSaved'), now),
    onError: onRefused,
  });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file !== undefined) brand.mutate(file);
  };
  return (
    <section className="logo-line" aria-label={t('logo')}>
      {/* eslint-disable-next-line @next/next/no-img-element */}
      <span className="logo-box">{logo === undefined ? <Avatar name={name} large /> : <img src={logo} alt={t('logoOf', { name })} />}</span>
      <span className="who"><b>{t('logo')}</b><small>{t('logoHint')}</small></span>
      <span className="grow" />
      <input id={id} type="file" className="unseen" accept="image/png,image/webp" disabled={brand.isPending} onChange={choose} />
      <label htmlFor={id} className="button"><ImageUp size={15} aria-hidden />{t(logo === undefined ? 'chooseLogo' : 'otherLogo')}</label>
      {logo === undefined ? null : <button type="button" className="button ghost danger" disabled={brand.isPending} onClick={() => brand.mutate(undefined)}>{t('removeLogo')}</button>}
    </section>
  );
}
