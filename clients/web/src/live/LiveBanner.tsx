import { CloudOff, LogIn, RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { signIn } from '../api/api';
import type { LiveState } from './connection';

/** That what is shown may be old, and why. It is always there, so that who hears the page is told when it begins to speak. */
export function LiveBanner({ state }: { readonly state: LiveState }) {
  const t = useTranslations('live');
  const Icon = state === 'offline' ? CloudOff : state === 'ended' ? LogIn : RefreshCw;
  const told = state === 'offline' || state === 'reconnecting' || state === 'ended';
  return (
    <div className="live-place" role="status" aria-live="polite" data-live={state}>
      {told ? (
        <p className={`live-banner ${state}`}>
          <Icon size={15} aria-hidden /><span>{t(state)}</span>
          {state === 'ended' ? <button type="button" className="button" onClick={signIn}>{t('signIn')}</button> : null}
        </p>
      ) : null}
    </div>
  );
}
