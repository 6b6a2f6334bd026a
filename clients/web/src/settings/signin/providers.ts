import type { components } from '@platform/api';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/api';

type Schemas = components['schemas'];
export type Provider = Schemas['tenants.IdentityProvider'];
export type Oidc = Schemas['tenants.OidcSettings'];
export type Saml = Schemas['tenants.SamlSettings'];
export type Kind = 'oidc' | 'saml';

/** A company's server as it is being written; of the two kinds of settings, those of its kind count. */
export interface ProviderDraft {
  readonly kind: Kind;
  readonly displayName: string;
  readonly oidc: Oidc;
  readonly saml: Saml;
}

const path = '/api/v1/tenants/current/identity-providers';

export const providersQuery = queryOptions({ queryKey: ['settings', 'sign-in'], queryFn: async () => (await call<{ identityProviders?: Provider[] }>('GET', path, { query: { pageSize: 200 } })).identityProviders ?? [], retry: false });

export const emptyProvider: ProviderDraft = {
  kind: 'oidc', displayName: '',
  oidc: { issuer: '', authorizationUrl: '', tokenUrl: '', jwksUrl: '', clientId: '', clientSecret: '', endSessionUrl: '', callEndSession: false },
  saml: { entityId: '', signOnUrl: '', signOutUrl: '', certificates: [''], nameIdFormat: '', postRequests: false, postSignOuts: false, unsignedRequests: false, wantSignedAssertions: false, wantEncryptedAssertions: false, allowSignInsBegunThere: false },
};

export const kindOf = ({ saml }: Provider): Kind => (saml === undefined ? 'oidc' : 'saml');

export const draftOf = (provider: Provider): ProviderDraft =>
  ({ kind: kindOf(provider), displayName: provider.displayName, oidc: { ...emptyProvider.oidc, ...provider.oidc }, saml: { ...emptyProvider.saml, ...provider.saml } });

// What is empty altogether is no certificate; one that is empty among others is told of where it stands.
const withCertificates = (saml: Saml): Saml => ({ ...saml, certificates: saml.certificates.every((text) => text.trim() === '') ? [] : saml.certificates });

const settingsOf = ({ kind, oidc, saml }: ProviderDraft) => (kind === 'oidc' ? { oidc } : { saml: withCertificates(saml) });

/** What a change says: everything that this page knows and may change, a secret only where one was written. What it does not know stays. */
export function changeOf(draft: ProviderDraft): { readonly updateMask: string; readonly body: object } {
  const fixed = new Set(['issuer', 'entityId', ...(draft.oidc.clientSecret === '' ? ['clientSecret'] : [])]);
  const names = Object.keys(emptyProvider[draft.kind]).filter((name) => !fixed.has(name));
  return { updateMask: ['displayName', ...names.map((name) => `${draft.kind}.${name}`)].join(','), body: { displayName: draft.displayName, ...settingsOf(draft) } };
}

export const createProvider = (draft: ProviderDraft) => call<Provider>('POST', path, { body: { displayName: draft.displayName, ...settingsOf(draft) } });

export const updateProvider = ({ id, etag }: Provider, draft: ProviderDraft) => {
  const { updateMask, body } = changeOf(draft);
  return call<Provider>('PATCH', `${path}/${id}`, { query: { updateMask }, body: { etag, ...body } });
};

export const switchProvider = ({ id, etag }: Provider, disabled: boolean) => call<Provider>('PATCH', `${path}/${id}`, { query: { updateMask: 'disabled' }, body: { etag, disabled } });
export const testProvider = ({ id }: Provider) => call<{ problems?: string[] }>('POST', `${path}/${id}:test`, { body: {} });
export const deleteProvider = ({ id }: Provider) => call('DELETE', `${path}/${id}`);

/** What its administrator enters at that server, each under the name that servers give it. */
export const addressesOf = ({ oidc, redirectUri, postLogoutRedirectUri, backChannelLogoutUri, metadataUri, begunThereUri }: Provider) => (oidc === undefined
  ? ([['metadata', metadataUri], ['consumer', redirectUri], ['begunThere', begunThereUri]] as const)
  : ([['redirect', redirectUri], ['postLogout', postLogoutRedirectUri], ['backChannel', backChannelLogoutUri]] as const)
).filter(([, address]) => address !== '');
