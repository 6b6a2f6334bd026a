import { call } from './api';

export interface Member {
  readonly userId: string;
  readonly etag: string;
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly managerId?: string;
}

/** Everybody in the company, page after page. */
export async function allMembers(): Promise<Member[]> {
  const members: Member[] = [];
  let pageToken = '';
  do {
    const page = await call<{ members?: Member[]; nextPageToken?: string }>('GET', '/api/v1/tenants/current/members', { query: { pageSize: 200, pageToken: pageToken || undefined } });
    members.push(...(page.members ?? []));
    pageToken = page.nextPageToken ?? '';
  } while (pageToken !== '');
  return members;
}
