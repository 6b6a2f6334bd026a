import { Menu, MenuItem } from '../ui/Opening';
import { ArrowDown, ArrowDownUp, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'next-intl';
import type { Resource } from '../api/api';
import { nextOrder, orderOf } from './filters';
import { seen } from './values';

/** The same as the heads of columns, for what has no column and for screens without heads. */
export function SortMenu({ resource, orderBy, onOrder }: { readonly resource: Resource; readonly orderBy: string; readonly onOrder: (orderBy: string) => void }) {
  const t = useTranslations('records');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const order = orderOf(orderBy);
  const fields = seen(resource).filter((field) => field.sortable && field.path !== 'id');
  return (
    <>
      <button type="button" className="button" aria-haspopup="menu" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        <ArrowDownUp size={15} aria-hidden /><span>{t('sort')}</span>{order === undefined ? null : <span className="badge" />}
      </button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ paper: { sx: { maxHeight: 380 } } }}>
        {fields.map((field) => (
          <MenuItem key={field.path} onClick={() => onOrder(nextOrder(order, field.path))}>
            <span className="grow truncate">{field.label}</span>
            {order?.path !== field.path ? null : order.descending ? <ArrowDown size={14} aria-label={t('descending')} /> : <ArrowUp size={14} aria-label={t('ascending')} />}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
