import type { components } from '@platform/api';
import { useTranslations } from 'next-intl';
import type { CellProps } from './kind';

type Consent = components['schemas']['contacts.Consent'];

/** What somebody has agreed to, and what not any more. */
export function ConsentsCell({ value }: CellProps) {
  const t = useTranslations('fields');
  const consents = Array.isArray(value) ? (value as readonly Consent[]) : [];
  return (
    <span className="points">
      {consents.map(({ purpose, state }) => <span key={purpose} className="point"><span className="truncate">{purpose?.replaceAll('_', ' ')}</span><small className="pill">{t(state === 'CONSENT_STATE_GIVEN' ? 'consentGiven' : 'consentWithdrawn')}</small></span>)}
    </span>
  );
}
