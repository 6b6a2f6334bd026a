import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import { useMe } from '../../api/me';
import { variablesOf } from '../../theme/company';
import { isColor, type Colors } from '../../theme/contrast';

/** A small page in the colours as they are being chosen. It is looked at: nothing in it does anything. */
export function ThemePreview({ mode, colors, radius }: { readonly mode: 'light' | 'dark'; readonly colors: Colors; readonly radius: number }) {
  const [t, me] = [useTranslations('themes'), useMe()];
  // Half a colour is none: the browser would take the one around it.
  const whole = Object.values(colors).every(isColor);
  const style = whole ? ({ ...variablesOf(colors), '--radius': `${radius}px` } as CSSProperties) : undefined;
  return (
    <div className="theme-preview" data-theme={mode} style={style} aria-hidden>
      <div className="preview-side"><b className="truncate">{me.tenant?.name}</b><span className="nav" aria-current="page">{t('preview.chosen')}</span><span className="nav">{t('preview.other')}</span></div>
      <div className="preview-main">
        <b>{t('preview.title')}</b>
        <span className="dim">{t('preview.muted')}</span>
        <span className="preview-input"><Search size={13} />{t('preview.input')}</span>
        <span className="preview-card"><span>{t('preview.card')}</span><span className="preview-link">{t('preview.link')}</span><span className="danger">{t('preview.bad')}</span></span>
        <span className="tw:flex tw:gap-2"><span className="button primary">{t('preview.save')}</span><span className="button">{t('preview.cancel')}</span></span>
      </div>
    </div>
  );
}
