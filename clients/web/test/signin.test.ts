import { describe, expect, it } from 'vitest';
import { addressesOf, changeOf, draftOf, emptyProvider, type Provider } from '../src/settings/signin/providers';

const about = { id: '1', etag: 'e', alias: 'idp-1', displayName: 'Ours', disabled: false, redirectUri: 'r', metadataUri: '', begunThereUri: '', postLogoutRedirectUri: 'p', backChannelLogoutUri: 'b' };
const oidc = { ...about, oidc: { ...emptyProvider.oidc, issuer: 'https://idp.example' } } as Provider;
const saml = { ...about, metadataUri: 'm', postLogoutRedirectUri: '', backChannelLogoutUri: '', saml: { ...emptyProvider.saml, entityId: 'x', certificates: ['one'] } } as Provider;

describe('a server of the company', () => {
  it('is changed in what may change, with a secret only where one was written', () => {
    expect(changeOf(draftOf(oidc)).updateMask).toBe('displayName,oidc.authorizationUrl,oidc.tokenUrl,oidc.jwksUrl,oidc.clientId,oidc.endSessionUrl,oidc.callEndSession');
    expect(changeOf({ ...draftOf(oidc), oidc: { ...emptyProvider.oidc, clientSecret: 'new' } }).updateMask.split(',')).toContain('oidc.clientSecret');
    const { updateMask, body } = changeOf(draftOf(saml));
    expect(updateMask.split(',')).toEqual(expect.arrayContaining(['saml.signOutUrl', 'saml.wantEncryptedAssertions', 'saml.allowSignInsBegunThere', 'saml.unsignedRequests']));
    expect([updateMask.includes('entityId'), updateMask.includes('oidc'), Object.keys(body)]).toEqual([false, false, ['displayName', 'saml']]);
  });

  it('has no certificate where nothing is written', () => {
    expect(changeOf({ ...emptyProvider, kind: 'saml' }).body).toMatchObject({ saml: { certificates: [] } });
    expect(changeOf({ ...emptyProvider, kind: 'saml', saml: { ...emptyProvider.saml, certificates: ['one', ' '] } }).body).toMatchObject({ saml: { certificates: ['one', ' '] } });
  });

  it('is told the addresses of its kind', () => {
    expect(addressesOf(oidc)).toEqual([['redirect', 'r'], ['postLogout', 'p'], ['backChannel', 'b']]);
    expect(addressesOf(saml)).toEqual([['metadata', 'm'], ['consumer', 'r']]);
  });
});
