import { Sprout } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Resource, Row } from '../api/api';
import { may } from '../api/rights';
import { isConvertible } from './conversion';

const ConvertDialog = dynamic(() => import('./ConvertDialog').then((file) => file.ConvertDialog));

/** A way for a lead to become a person, a company and a deal; nothing where it cannot. */
export function ConvertLead({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const t = useTranslations('leads');
  const [open, setOpen] = useState(false);
  const can = isConvertible(resource, row) && may(resource, 'update');
  return (
    <>
      {can ? <button type="button" className="button primary" onClick={() => setOpen(true)}><Sprout size={15} aria-hidden /><span>{t('convert')}</span></button> : null}
      {/* That the lead is converted may come back before the answer does: the form stays until it has led there. */}
      {open ? <ConvertDialog lead={row} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
