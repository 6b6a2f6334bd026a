import type { ReactNode } from 'react';
import type { Resource } from '../api/api';
import { useResource } from '../api/metadata';
import { toldOf } from '../api/told';
import { Skeleton } from '../shell/Skeleton';
import { Fault } from '../ui/Fault';

/** What can only be drawn once it is known what the resource is like: at once where the server has told, else a moment later. */
export function Described({ name, children }: { readonly name: string; readonly children: (resource: Resource) => ReactNode }) {
  const resource = useResource(name);
  if (resource.isPending) return <Skeleton />;
  return resource.isError ? <Fault titled told={toldOf(resource.error)} onRetry={() => void resource.refetch()} /> : children(resource.data);
}
