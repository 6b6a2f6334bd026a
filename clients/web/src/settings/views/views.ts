import { queryOptions } from '@tanstack/react-query';
import { call, type SavedView } from '../../api/api';

const path = '/api/v1/metadata/views';

/** Everything that the caller sees of saved views, of all resources. */
export const viewsQuery = queryOptions({
  queryKey: ['settings', 'views'],
  queryFn: async () => {
    const found: SavedView[] = [];
    let pageToken = '';
    do {
      const page = await call<{ savedViews?: SavedView[]; nextPageToken?: string }>('GET', path, { query: { pageSize: 200, pageToken: pageToken || undefined } });
      found.push(...(page.savedViews ?? []));
      pageToken = page.nextPageToken ?? '';
    } while (pageToken !== '');
    return found;
  },
  retry: false,
});

export type ViewDraft = Pick<SavedView, 'label' | 'labelTranslations' | 'visibility' | 'teamId' | 'pinned' | 'defaultForRoles' | 'filter' | 'groupField'>;

export const draftOf = ({ label, labelTranslations, visibility, teamId, pinned, defaultForRoles, filter, groupField }: SavedView): ViewDraft => ({ label, labelTranslations, visibility, teamId, pinned, defaultForRoles, filter, groupField });

/** What is sent: a team only of a team's view, and what menus and roles begin with only of the company's. */
export function settled({ visibility, teamId, pinned, defaultForRoles, ...texts }: ViewDraft): ViewDraft {
  const company = visibility === 'VISIBILITY_COMPANY';
  return { ...texts, visibility, teamId: visibility === 'VISIBILITY_TEAM' ? teamId : '', pinned: company && pinned, defaultForRoles: company ? defaultForRoles : [] };
}

export const updateView = ({ id, etag }: SavedView, draft: ViewDraft) =>
  call<SavedView>('PATCH', `${path}/${id}`, { query: { updateMask: 'label,labelTranslations,visibility,teamId,pinned,defaultForRoles,filter,groupField' }, body: { etag, ...settled(draft) } });
export const deleteView = (id: string) => call('DELETE', `${path}/${id}`);

/** Whether the caller may change the view: their own, and with the right to write metadata those of others too. */
export const mayChange = (view: SavedView, me: string, writes: boolean): boolean => writes || view.ownerId === me;

/** Views in the order of menus: pinned first, then by place, then by name. */
export const inOrder = (views: readonly SavedView[]): readonly SavedView[] =>
  views.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || a.position - b.position || a.label.localeCompare(b.label));
