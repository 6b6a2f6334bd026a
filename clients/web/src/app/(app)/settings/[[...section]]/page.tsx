import { SettingsPage } from '../../../../settings/SettingsPage';

interface Props {
  readonly params: Promise<{ readonly section?: readonly string[] }>;
}

export default async function Page({ params }: Props) {
  return <SettingsPage section={(await params).section?.join('/') ?? ''} />;
}
