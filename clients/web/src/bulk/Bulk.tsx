import dynamic from 'next/dynamic';
import { useTimeZone } from 'next-intl';
import { useState } from 'react';
import type { Resource, Row } from '../api/api';
import type { Column } from '../records/columns';
import { kindFor, type Act } from './kinds';
import { chosenOf, type Chosen } from './order';
import type { Picking } from './usePicked';

// Who chooses nothing needs neither.
const BulkBar = dynamic(() => import('./BulkBar').then((file) => file.BulkBar));
const BulkDialog = dynamic(() => import('./BulkDialog').then((file) => file.BulkDialog));

interface Props {
  readonly resource: Resource;
  readonly picking: Picking;
  /** What the list is narrowed to. */
  readonly filter: string;
  /** How many records are loaded, and whether there are more. */
  readonly loaded: number;
  readonly hasMore: boolean;
  /** What is shown is what was asked for before: the answer may have other records. */
  readonly isOld: boolean;
  readonly columns: readonly Column[];
}

/** What is asked about, with the records that were chosen when the question was opened. */
interface Asked {
  readonly act: Act;
  readonly chosen: Chosen;
  readonly rows: readonly Row[];
  readonly beyond: boolean;
}

/** Back to the table, where what had the focus is gone. */
const toTable = () => requestAnimationFrame(() => document.querySelector<HTMLElement>('.table [role=gridcell][tabindex="0"]')?.focus());

/** Work on the records that are chosen. The list may change under a question; what it is about and what was written into it do not. */
export function Bulk({ resource, picking, filter, loaded, hasMore, isOld, columns }: Props) {
  const timeZone = useTimeZone() ?? 'UTC';
  const [asked, setAsked] = useState<Asked>();
  const { picked, rows } = picking;
  const [kind, beyond] = [kindFor(resource), picked.all && hasMore];
  const leave = () => {
    picking.clear();
    toTable();
  };
  return (
    <>
      {rows.length === 0 || isOld ? null : <BulkBar resource={resource} picking={picking} loaded={loaded} hasMore={hasMore} onAct={(act) => setAsked({ act, rows, beyond, chosen: chosenOf(rows, beyond, filter, timeZone) })} onLeave={leave} />}
      {asked === undefined || kind === undefined ? null : (
        <BulkDialog {...asked} resource={resource} kind={kind} columns={columns} onClose={() => setAsked(undefined)} onBegun={() => { setAsked(undefined); leave(); }} />
      )}
    </>
  );
}
