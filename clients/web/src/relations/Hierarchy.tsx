import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { call, type Resource, type Row } from '../api/api';
import { may } from '../api/rights';
import { Link } from '../routing/Link';
import { recordPath } from '../routing/places';
import { Avatar } from '../ui/Avatar';
import { useRemove } from './Relations';
import { ends, hierarchyQuery, treeOf, type Branch, type Related } from './relations';

// Who only looks writes nothing.
const CompanyDialog = dynamic(() => import('./CompanyDialog').then((file) => file.CompanyDialog));

/** To whom a company belongs, and what belongs to it. */
export function Hierarchy({ resource, row, found }: { readonly resource: Resource; readonly row: Row; readonly found: readonly Related[] }) {
  const [t, writes, begin] = [useTranslations('hierarchy'), may(resource, 'update'), useId()];
  const [asked, setAsked] = useState<'parent' | 'child'>();
  const told = useQuery(hierarchyQuery(call, row.id)).data;
  const remove = useRemove({ side: 'company', id: row.id }, begin);
  const tree = told === undefined ? undefined : treeOf(told, row.id);
  const parents = found.filter((relation) => relation.parent);
  const parent = parents.find((relation) => !relation.outward);
  if (tree === undefined && !writes) return null;
  return (
    <section className="related offer" aria-label={t('title')}>
      <h2>{t('title')} {tree === undefined ? null : <small>{t('count', { count: tree.count })}</small>}<span className="grow" />{writes ? (
        <>
          <button id={begin} type="button" className="button ghost" onClick={() => setAsked('parent')}>{parent === undefined ? <Plus size={14} aria-hidden /> : null}{parent === undefined ? t('setParent') : t('changeParent')}</button>
          <button type="button" className="button ghost" onClick={() => setAsked('child')}><Plus size={14} aria-hidden />{t('addChild')}</button>
        </>
      ) : null}</h2>
      {tree === undefined ? <p className="dim">{t('none')}</p> : (
        <ul className="branches">
          <Node branch={tree.top} depth={0} here={row.id} direct={writes ? new Map(parents.map((relation) => [relation.other, relation])) : undefined} onRemove={remove} />
        </ul>
      )}
      {tree === undefined || tree.left === 0 ? null : <p className="dim">{t('left', { count: tree.left })}</p>}
      {asked === undefined ? null : <CompanyDialog key={asked} row={row} as={asked} parent={parent} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

interface NodeProps {
  readonly branch: Branch;
  readonly depth: number;
  readonly here: string;
  /** What leads from this company up and down, by the other; undefined where nothing can be removed. */
  readonly direct: ReadonlyMap<string, Related> | undefined;
  readonly onRemove: (relation: Related) => void;
}

function Node({ branch, depth, here, direct, onRemove }: NodeProps) {
  const [t, relation] = [useTranslations('hierarchy'), direct?.get(branch.id)];
  const inner = <><Avatar name={branch.name} /><span className="truncate">{branch.name}</span></>;
  const place = { paddingLeft: `${12 + Math.min(depth, 8) * 20}px` };
  return (
    <li>
      <div className="relation" data-here={branch.id === here}>
        {branch.id === here ? <div className="related-row" style={place} aria-current="true">{inner}</div> : <Link className="related-row" style={place} href={recordPath(ends.company.resource, branch.id)}>{inner}</Link>}
        {relation === undefined ? null : <span className="relation-does"><button type="button" className="icon-button" aria-label={relation.outward ? t('removeChild', { name: branch.name }) : t('removeParent', { name: branch.name })} onClick={() => onRemove({ ...relation, name: branch.name })}><X size={15} aria-hidden /></button></span>}
      </div>
      {branch.below.length === 0 ? null : <ul>{branch.below.map((next) => <Node key={next.id} branch={next} depth={depth + 1} here={here} direct={direct} onRemove={onRemove} />)}</ul>}
    </li>
  );
}
