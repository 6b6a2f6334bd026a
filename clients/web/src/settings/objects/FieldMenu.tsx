import { Menu, MenuItem } from '../../ui/Opening';
import { Archive, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { deleteField, updateField } from './metadata';
import type { FieldDef } from './fields';
import { useDone } from './useDone';

/** What is done with a field as a whole: changed, no longer asked for, deleted. */
export function FieldMenu({ field, onEdit }: { readonly field: FieldDef; readonly onEdit: () => void }) {
  const t = useTranslations('designer');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const name = field.label;
  const remove = useDone(() => deleteField(field.id), t('fieldDeleted', { name }));
  const deprecate = useDone(() => updateField(field.id, field.etag, ['deprecated'], { ...field, deprecated: !field.deprecated }), t(field.deprecated ? 'askedAgain' : 'askedNoMore', { name }));
  const run = (work: () => void) => () => {
    setAnchor(null);
    work();
  };
  return (
    <>
      <button type="button" className="icon-button" aria-label={t('menu', { name })} aria-haspopup="menu" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}><Ellipsis size={15} aria-hidden /></button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={run(onEdit)}><Pencil size={14} aria-hidden />{t('change')}</MenuItem>
        <MenuItem onClick={run(() => deprecate.mutate())}><Archive size={14} aria-hidden />{field.deprecated ? t('askAgain') : t('deprecate')}</MenuItem>
        <MenuItem onClick={run(() => remove.mutate())}><Trash2 size={14} aria-hidden />{t('deleteField')}</MenuItem>
      </Menu>
    </>
  );
}
