import { call } from '../../api/api';
import type { Theme } from '../../theme/company';

const path = '/api/v1/metadata/themes';

type Draft = Required<Pick<Theme, 'light' | 'dark' | 'radius' | 'label'>>;

/** Worn by everybody from now on. @throws ApiProblem where something cannot be read on what it stands on, or somebody else has changed it. */
export const saveTheme = ({ id, etag }: Pick<Theme, 'id' | 'etag'>, draft: Draft): Promise<Theme> =>
  id === '' ? call('POST', path, { body: { ...draft, active: true } }) : call('PATCH', `${path}/${id}`, { query: { updateMask: 'light,dark,radius,active' }, body: { etag, ...draft, active: true } });

export const deleteTheme = ({ id, etag }: Theme) => call('DELETE', `${path}/${id}`, { query: { etag } });

/** Sets the logo; none takes it away. */
export const brandTheme = (id: string, logo: string): Promise<Theme> => call('POST', `${path}/${id}:brand`, { body: logo === '' ? {} : { logo } });

/** As large as the platform takes one, in bytes. */
export const mostLogo = 256 * 1024;

/** A file as JSON carries it. */
export async function inBase64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
