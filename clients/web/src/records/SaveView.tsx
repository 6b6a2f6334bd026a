import dynamic from 'next/dynamic';
import { BookmarkPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Resource, SavedView } from '../api/api';

// Most look at a list without keeping how.
const SaveDialog = dynamic(() => import('./SaveDialog').then((file) => file.SaveDialog));

export interface SaveProps {
  readonly resource: Resource;
  readonly search: URLSearchParams;
  /** As the address or this browser has them. */
  readonly columns: string;
  readonly onSaved: (view: SavedView) => void;
}

/** Keeps how the list is looked at now, under a name. */
export function SaveView({ resource, search, columns, onSaved }: SaveProps) {
  const t = useTranslations('views');
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}><BookmarkPlus size={15} aria-hidden /><span>{t('save')}</span></button>
      {open ? <SaveDialog resource={resource} search={search} columns={columns} onClose={() => setOpen(false)} onSaved={(view) => { setOpen(false); onSaved(view); }} /> : null}
    </>
  );
}
