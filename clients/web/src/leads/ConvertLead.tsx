import { Sprout } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Resource, Row } from '../api/api';
import { may } from '../api/rights';
import { isConvertible } from './conversion';
import { ConvertDialog } from './ConvertDialog';

/** A way for a lead to become a person, a company and a deal; nothing where it cannot. */
export function ConvertLead({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const t = useTranslations('leads');
  const [open, setOpen] = useState(false);
  if (!isConvertible(resource, row) || !may(resource, 'update')) return null;
  return (
    <>
      <button type="button" className="button primary" onClick={() => setOpen(true)}><Sprout size={15} aria-hidden /><span>{t('convert')}</span></button>
      {open ? <ConvertDialog lead={row} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
