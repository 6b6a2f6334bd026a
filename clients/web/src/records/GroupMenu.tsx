import { Check, Group as GroupIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Field, Resource } from '../api/api';
import { Menu, MenuItem } from '../ui/Opening';
import { groupFieldsOf } from './groups';

/** By what the records of a list are grouped. */
export function GroupMenu({ resource, group, onGroup }: { readonly resource: Resource; readonly group: Field | undefined; readonly onGroup: (path: string) => void }) {
  const t = useTranslations('records');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const fields = groupFieldsOf(resource);
  if (fields.length === 0) return null;
  const item = (path: string, label: string, chosen: boolean) => (
    <MenuItem key={path} role="menuitemradio" aria-checked={chosen} onClick={() => { setAnchor(null); onGroup(path); }}><span className="tw:grow truncate">{label}</span>{chosen ? <Check size={14} aria-hidden /> : null}</MenuItem>
  );
  return (
    <>
      <button type="button" className="button" aria-haspopup="menu" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        <GroupIcon size={15} aria-hidden /><span>{t('group')}</span>{group === undefined ? null : <span className="badge" />}
      </button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ paper: { sx: { maxHeight: 380 } } }}>
        {item('', t('ungrouped'), group === undefined)}
        {fields.map((field) => item(field.path, field.label, group?.path === field.path))}
      </Menu>
    </>
  );
}
