import { redirect } from 'next/navigation';
import { resourcesQuery } from '../../api/queries';
import { listPath } from '../../routing/places';
import { visitOf } from '../../server/call';
import { menuOf } from '../../shell/menu';
import { Nowhere } from '../../shell/Nowhere';
import { QueryClient } from '@tanstack/react-query';

/** The first list of the menu, until there is a page that each person arranges. */
export default async function Home() {
  const { call, language } = await visitOf();
  const resources = await new QueryClient().fetchQuery(resourcesQuery(call, language)).catch(() => []);
  const first = menuOf(resources, language).flatMap((group) => group.resources)[0];
  if (first !== undefined) redirect(listPath(first.resource));
  return <Nowhere />;
}
