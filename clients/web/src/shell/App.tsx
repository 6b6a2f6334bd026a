import { Compass } from 'lucide-react';
import { Suspense, useEffect, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useResources } from '../api/metadata';
import { ListPage } from '../records/ListPage';
import { RecordPage } from '../records/RecordPage';
import { listPath, placeOf } from '../routing/places';
import { navigate, usePath } from '../routing/router';
import { Blank } from '../ui/Blank';
import { ErrorBoundary } from './ErrorBoundary';
import { menuOf } from './menu';
import { Shell } from './Shell';
import { Skeleton } from './Skeleton';

export function App() {
  const path = usePath();
  return (
    <ErrorBoundary place="shell">
      <Suspense fallback={<div className="booting"><Skeleton /></div>}>
        <Shell>
          <ErrorBoundary place={path}>
            <Suspense fallback={<Skeleton />}><Page path={path} /></Suspense>
          </ErrorBoundary>
        </Shell>
      </Suspense>
    </ErrorBoundary>
  );
}

function Page({ path }: { readonly path: string }): ReactNode {
  const place = placeOf(path);
  if (place.at === 'home') return <Home />;
  if (place.at === 'list') return <ListPage key={place.resource} name={place.resource} />;
  if (place.at === 'record') return <RecordPage key={`${place.resource}/${place.id}`} name={place.resource} id={place.id} />;
  return <Nowhere />;
}

/** The first list of the menu, until there is a page that each person arranges. */
function Home() {
  const first = menuOf(useResources()).flatMap((group) => group.resources)[0];
  useEffect(() => {
    if (first !== undefined) navigate(listPath(first.resource), { replace: true });
  }, [first]);
  return first === undefined ? <Nowhere /> : <Skeleton />;
}

function Nowhere() {
  const t = useTranslations('faults');
  return <Blank icon={Compass} title={t('nowhere')}>{t('nowhereHint')}</Blank>;
}
