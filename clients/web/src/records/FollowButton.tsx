import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bell, BellRing } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { call, type Resource, type Row } from '../api/api';
import { useNotice } from '../ui/Notice';

interface Followers {
  readonly following?: boolean;
  readonly followers?: readonly unknown[];
}

const path = '/api/v1/communications/followers';
const followed = /^(contacts\.(lead|person|company)|deals\.deal|records\..+)$/u;

/** Whether the reader hears of what happens to the record, and how many do. */
export function FollowButton({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const [t, tell, client] = [useTranslations('records'), useNotice(), useQueryClient()];
  const about = { resource: resource.resource, recordId: row.id };
  const key = ['followers', row.id];
  const isFollowed = followed.test(resource.resource);
  const known = useQuery({ queryKey: key, queryFn: () => call<Followers>('GET', path, { query: about }), enabled: isFollowed, retry: false });
  const change = useMutation({
    mutationFn: (verb: 'follow' | 'unfollow') => call<Followers>('POST', `${path}:${verb}`, { body: about }),
    onSuccess: (answer) => client.setQueryData(key, answer),
    onError: (fault) => tell({ text: fault.message, bad: true }),
  });
  if (known.data === undefined) return null;
  const following = known.data.following === true;
  const Icon = following ? BellRing : Bell;
  return (
    <button type="button" className="button ghost follow" aria-pressed={following} disabled={change.isPending} onClick={() => change.mutate(following ? 'unfollow' : 'follow')}>
      <Icon size={15} aria-hidden /><span>{following ? t('following') : t('follow')}</span>
      {(known.data.followers?.length ?? 0) > 0 ? <span className="dim">{known.data.followers?.length}</span> : null}
    </button>
  );
}
