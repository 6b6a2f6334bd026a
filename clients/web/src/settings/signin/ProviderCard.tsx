import { useMutation } from '@tanstack/react-query';
import { LogIn } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { saidOf } from '../../api/told';
import { useNotice } from '../../ui/Notice';
import { Addresses } from './Addresses';
import { deleteProvider, kindOf, switchProvider, testProvider, type Provider } from './providers';

/** One of the company's servers: what it is, whether people are sent there, and what can be done with it. */
export function ProviderCard({ provider, onChange, onDone }: { readonly provider: Provider; readonly onChange: () => void; readonly onDone: () => void }) {
  const [t, tell] = [useTranslations('signIn'), useNotice()];
  const [sure, setSure] = useState(false);
  const { displayName: name, disabled, oidc, saml } = provider;
  const onError = (fault: Error) => tell({ text: saidOf(fault), bad: true });
  const toggle = useMutation({ mutationFn: () => switchProvider(provider, !disabled), onSuccess: () => tell({ text: t(disabled ? 'isOn' : 'isOff', { name }) }), onError, onSettled: onDone });
  const remove = useMutation({ mutationFn: () => deleteProvider(provider), onSuccess: () => tell({ text: t('removed', { name }) }), onError, onSettled: onDone });
  const test = useMutation({ mutationFn: (tested: Provider) => testProvider(tested), onError });
  // What was found of former settings says nothing of these.
  const found = test.variables?.etag === provider.etag ? test.data : undefined;
  const busy = toggle.isPending || remove.isPending;
  const labelled = (label: string) => `${label}: ${name}`;
  const problems = found?.problems ?? [];
  return (
    <li className="pair form-card server">
      <div className="pair-names"><LogIn size={16} aria-hidden /><h2 className="truncate">{name}</h2><span className="pill">{t(`kinds.${kindOf(provider)}`)}</span>{disabled ? <span className="pill">{t('off')}</span> : null}</div>
      <p className="dim mono truncate" title={oidc?.issuer ?? saml?.entityId}>{oidc?.issuer ?? saml?.entityId}</p>
      <details className="for-them"><summary>{t('forThem')}</summary><Addresses provider={provider} /></details>
      <div role="status">
        {found === undefined ? null : problems.length === 0 ? <p className="found-well">{t('well')}</p> : <ul className="found-ill">{problems.map((problem) => <li key={problem}>{problem}</li>)}</ul>}
      </div>
      <div className="pair-does">
        <button type="button" className="button" disabled={busy || test.isPending} aria-label={labelled(t('test'))} onClick={() => test.mutate(provider)}>{t('test')}</button>
        <button type="button" className="button" disabled={busy} aria-label={labelled(t('change'))} onClick={onChange}>{t('change')}</button>
        <button type="button" className="button" disabled={busy} aria-label={labelled(disabled ? t('turnOn') : t('turnOff'))} onClick={() => toggle.mutate()}>{disabled ? t('turnOn') : t('turnOff')}</button>
        <button type="button" className="button ghost danger" disabled={busy} aria-label={labelled(sure ? t('removeSure') : t('remove'))} onClick={() => (sure ? remove.mutate() : setSure(true))}>{sure ? t('removeSure') : t('remove')}</button>
      </div>
      {sure ? <p className="dim">{t('removeHint')}</p> : null}
    </li>
  );
}
