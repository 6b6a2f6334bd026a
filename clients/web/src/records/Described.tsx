import type { ReactNode } from 'react';
import type { Resource } from '../api/api';
import { useResource, useResources } from '../api/metadata';
import { toldOf } from '../api/told';
import { Skeleton } from '../shell/Skeleton';
import { Fault } from '../ui/Fault';

/** What can only be drawn once it is known what the resource is like: at once where the server has told, else a moment later. */
export function Described({ name, children }: { readonly name: string; readonly children: (resource: Resource) => ReactNode }) {
  const resource = useResource(name);
  if (resource.isPending) return <Waiting name={name} />;
  return resource.isError ? <Fault titled told={toldOf(resource.error)} onRetry={() => void resource.refetch()} /> : children(resource.data);
}

/** The frame of the page that is on its way, with what is known of it. */
function Waiting({ name }: { readonly name: string }) {
  const title = useResources().find((entry) => entry.resource === name);
  return <div className="page"><header className="topbar"><span className="crumbs">{title === undefined ? null : title.pluralLabel || title.label}</span></header><Skeleton /></div>;
}
