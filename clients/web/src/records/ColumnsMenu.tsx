import { Popover } from '../ui/Opening';
import { ArrowDown, ArrowUp, Columns3, Pin, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Resource } from '../api/api';
import { columnsAmong, type Column } from './columns';
import { movedBy, pinnedAs } from './layout';
import type { Columns } from './useColumns';

/** Which columns are seen, in which order, and which of them stay in sight: all of it with the keyboard too. */
export function ColumnsMenu({ resource, columns }: { readonly resource: Resource; readonly columns: Columns }) {
  const t = useTranslations('records');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const shown = columns.shown;
  const others = columnsAmong(resource).filter(({ field }) => shown.every((column) => column.field.path !== field.path));
  const toggle = (column: Column, on: boolean) => columns.set(on ? [...shown, column] : shown.filter((entry) => entry.field.path !== column.field.path));
  return (
    <>
      <button type="button" className="button columns-button" aria-haspopup="dialog" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        <Columns3 size={15} aria-hidden /><span>{t('columns')}</span>{columns.own !== '' ? <span className="badge" /> : null}
      </button>
      <Popover anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }} transformOrigin={{ vertical: 'top', horizontal: 'right' }} slotProps={{ paper: { role: 'dialog', 'aria-label': t('columns') } }}>
        <div className="columns-menu">
          <ul>
            {shown.map((column, i) => (
              <li key={column.field.path}>
                <Check column={column} checked disabled={shown.length === 1} onChange={(on) => toggle(column, on)} />
                <button type="button" className="icon-button" aria-pressed={column.pinned} aria-label={t('pin', { label: column.field.label })} title={t('pin', { label: column.field.label })} onClick={() => columns.set(pinnedAs(shown, column.field.path, !column.pinned))}><Pin size={14} aria-hidden /></button>
                <button type="button" className="icon-button" aria-label={t('columnUp', { label: column.field.label })} disabled={i === 0} onClick={() => columns.set(movedBy(shown, column.field.path, -1))}><ArrowUp size={14} aria-hidden /></button>
                <button type="button" className="icon-button" aria-label={t('columnDown', { label: column.field.label })} disabled={i === shown.length - 1} onClick={() => columns.set(movedBy(shown, column.field.path, 1))}><ArrowDown size={14} aria-hidden /></button>
              </li>
            ))}
          </ul>
          {others.length === 0 ? null : <ul className="columns-others">{others.map((column) => <li key={column.field.path}><Check column={column} checked={false} onChange={(on) => toggle(column, on)} /></li>)}</ul>}
          {columns.own !== '' ? <button type="button" className="button ghost" onClick={columns.reset}><RotateCcw size={14} aria-hidden />{t('columnsReset')}</button> : null}
        </div>
      </Popover>
    </>
  );
}

function Check({ column, checked, disabled = false, onChange }: { readonly column: Column; readonly checked: boolean; readonly disabled?: boolean; readonly onChange: (on: boolean) => void }) {
  return <label className="grow"><input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} /><span className="truncate">{column.field.label}</span></label>;
}
