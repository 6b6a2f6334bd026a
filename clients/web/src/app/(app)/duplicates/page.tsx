import { DuplicatesPage } from '../../../duplicates/DuplicatesPage';

export default function Page() {
  return <DuplicatesPage />;
}
