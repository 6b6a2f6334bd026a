import { ImportPage } from '../../../import/ImportPage';

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ searchParams }: Props) {
  return <ImportPage wanted={[(await searchParams)['to']].flat()[0] ?? ''} />;
}
