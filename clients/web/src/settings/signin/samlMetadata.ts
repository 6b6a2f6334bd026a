import type { Saml } from './providers';

const metadata = 'urn:oasis:names:tc:SAML:2.0:metadata';
const signature = 'http://www.w3.org/2000/09/xmldsig#';
const binding = (name: string) => `urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${name}`;
const mostCertificates = 5;
/** Longer than any one server's own. */
export const longestMetadata = 1_000_000;

type Found = Pick<Saml, 'entityId' | 'signOnUrl' | 'signOutUrl' | 'certificates' | 'postRequests' | 'postSignOuts'>;

const all = (within: Element, name: string, space = metadata) => [...within.getElementsByTagNameNS(space, name)];

// A redirect where there is one: it takes less of the browser.
function serviceOf(role: Element, name: string): { readonly address: string; readonly posts: boolean } {
  const at = (bound: string) => all(role, name).find((service) => service.getAttribute('Binding') === binding(bound))?.getAttribute('Location') ?? '';
  return at('Redirect') === '' ? { address: at('POST'), posts: at('POST') !== '' } : { address: at('Redirect'), posts: false };
}

/** What a SAML server says of itself in its metadata; nothing where that is no such description. */
export function samlOf(text: string): Found | undefined {
  const role = all(new DOMParser().parseFromString(text, 'application/xml').documentElement, 'IDPSSODescriptor')[0];
  const entityId = role?.parentElement?.getAttribute('entityID');
  if (role === undefined || !entityId) return undefined;
  const [signOn, signOut] = [serviceOf(role, 'SingleSignOnService'), serviceOf(role, 'SingleLogoutService')];
  const keys = all(role, 'KeyDescriptor').filter((key) => key.getAttribute('use') !== 'encryption').flatMap((key) => all(key, 'X509Certificate', signature));
  const certificates = [...new Set(keys.map((key) => (key.textContent ?? '').replace(/\s+/g, '')))].filter((key) => key !== '').slice(0, mostCertificates);
  return { entityId, signOnUrl: signOn.address, signOutUrl: signOut.address, postRequests: signOn.posts, postSignOuts: signOut.posts, certificates: certificates.length === 0 ? [''] : certificates };
}
