import { JobsPage } from '../../../bulk/JobsPage';

export default function Page() {
  return <JobsPage />;
}
