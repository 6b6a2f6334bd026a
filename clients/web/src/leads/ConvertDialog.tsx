import { ApiProblem } from '@platform/api';
import Dialog from '@mui/material/Dialog';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Building2, Handshake, User } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { call, type Row } from '../api/api';
import { changed } from '../api/changed';
import { useCompany } from '../api/company';
import { useResources } from '../api/metadata';
import { may } from '../api/rights';
import { saidOf } from '../api/told';
import { nameOf } from '../records/values';
import { recordPath } from '../routing/places';
import { useNotice } from '../ui/Notice';
import { useHere } from '../ui/useHere';
import { convertLead, dealName, foundQuery } from './conversion';

/** What becomes of a lead: whom it is made part of, who is new, and whether there is a deal already. */
export function ConvertDialog({ lead, onClose }: { readonly lead: Row; readonly onClose: () => void }) {
  const [t, id] = [useTranslations('leads'), useId()];
  const found = useQuery(foundQuery(call, lead)).data;
  const deals = useResources().find((resource) => resource.resource === 'deals.deal');
  const sells = deals !== undefined && may(deals, 'create');
  const [withDeal, setWithDeal] = useState(false);
  const [deal, setDeal] = useState(dealName(lead));
  const convert = useConvert(lead, onClose);
  const problem = convert.error instanceof ApiProblem ? (convert.error.errors[0]?.message ?? convert.error.message) : convert.isError ? t('failed') : undefined;
  const company = typeof lead['companyName'] === 'string' ? lead['companyName'] : '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    convert.mutate(sells && withDeal ? deal.trim() : '');
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={`${id}-title`} transitionDuration={100}>
      <form className="form" onSubmit={submit}>
        <header><h2 id={`${id}-title`}>{t('title', { name: nameOf(lead) })}</h2></header>
        <div className="form-fields one">
          <ul className="becomes">
            <Becomes icon={<User size={15} aria-hidden />} name={found?.person === undefined ? nameOf(lead) : nameOf(found.person)} note={found === undefined ? '…' : found.person === undefined ? t('newPerson') : t('samePerson')} />
            {company === '' ? null : <Becomes icon={<Building2 size={15} aria-hidden />} name={found?.company === undefined ? company : nameOf(found.company)} note={found === undefined ? '…' : found.company === undefined ? t('newCompany') : t('sameCompany')} />}
          </ul>
          {sells ? (
            <div className="tw:grid tw:gap-2">
              <label className="check"><input type="checkbox" checked={withDeal} onChange={(event) => setWithDeal(event.target.checked)} />{t('withDeal')}</label>
              {withDeal ? (
                <div className="form-field">
                  <label htmlFor={`${id}-deal`}>{t('dealName')}</label>
                  <span className="tw:flex tw:items-center tw:gap-2"><Handshake size={15} aria-hidden /><input id={`${id}-deal`} className="input" required maxLength={200} value={deal} onChange={(event) => setDeal(event.target.value)} /></span>
                </div>
              ) : null}
            </div>
          ) : null}
          <p className="dim">{t('hint')}</p>
          {problem === undefined ? null : <p className="fault" role="alert">{problem}</p>}
        </div>
        <footer>
          <button type="button" className="button ghost" onClick={onClose}>{t('cancel')}</button>
          <button type="submit" className="button primary" disabled={convert.isPending}>{t('convert')}</button>
        </footer>
      </form>
    </Dialog>
  );
}

const Becomes = ({ icon, name, note }: { readonly icon: ReactNode; readonly name: string; readonly note: string }) => <li>{icon}<b className="truncate">{name}</b><span className="dim">{note}</span></li>;

/** Converts, with the deal if there is to be one, and goes to what came of it. */
function useConvert(lead: Row, onClose: () => void) {
  const [t, client, tell, router, company, here] = [useTranslations('leads'), useQueryClient(), useNotice(), useRouter(), useCompany(), useHere()];
  return useMutation({
    mutationFn: (deal: string) => convertLead(call, lead, deal, company?.currency),
    onSuccess: ({ personId, companyId, dealId }) => {
      const name = nameOf(lead);
      tell({ text: dealId === undefined ? t('converted', { name }) : t('convertedWithDeal', { name }) });
      for (const resource of ['contacts.lead', 'contacts.person', 'contacts.company', 'deals.deal']) void changed(client, resource);
      // Who has closed the form meanwhile stays where they are.
      if (!here.current) return;
      onClose();
      const to = dealId !== undefined ? recordPath('deals.deal', dealId) : personId ? recordPath('contacts.person', personId) : companyId ? recordPath('contacts.company', companyId) : undefined;
      if (to !== undefined) router.push(to);
    },
    onError: (fault) => {
      if (!here.current) tell({ text: saidOf(fault), bad: true });
    },
  });
}
