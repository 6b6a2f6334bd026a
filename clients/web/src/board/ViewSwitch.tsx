import { Menu, MenuItem } from '../ui/Opening';
import { CalendarDays, Check, ChevronDown, Rows3, SquareKanban } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Resource, SavedView } from '../api/api';
import { dayFieldsOf, isCalendarView } from '../calendar/calendar';
import { hasBoard, isBoardView } from './board';
import { usePipelines } from './pipelines';

interface Props {
  readonly resource: Resource;
  readonly view: SavedView | undefined;
  readonly as: 'table' | 'board' | 'calendar';
  readonly pipeline: string;
  readonly change: (change: Readonly<Record<string, string>>) => void;
}

/** Table, board or calendar, as far as the records have stages and days; and of a board which pipeline. */
export function ViewSwitch({ resource, view, as, pipeline, change }: Props) {
  const [t, c] = [useTranslations('board'), useTranslations('calendar')];
  const days = dayFieldsOf(resource);
  if (!hasBoard(resource) && days.length === 0) return null;
  return (
    <>
      <div className="switch" role="group" aria-label={t('as')}>
        <button type="button" aria-pressed={as === 'table'} onClick={() => change({ as: isCalendarView(view) || isBoardView(view) ? 'table' : '' })}><Rows3 size={14} aria-hidden /><span>{t('table')}</span></button>
        {hasBoard(resource) ? <button type="button" aria-pressed={as === 'board'} onClick={() => change({ as: isBoardView(view) ? '' : 'board' })}><SquareKanban size={14} aria-hidden /><span>{t('board')}</span></button> : null}
        {days.length === 0 ? null : <button type="button" aria-pressed={as === 'calendar'} onClick={() => change({ as: isCalendarView(view) ? '' : 'calendar' })}><CalendarDays size={14} aria-hidden /><span>{c('as')}</span></button>}
      </div>
      {as === 'board' ? <PipelineMenu pipeline={pipeline} onPick={(id) => change({ pipeline: id })} /> : null}
    </>
  );
}

function PipelineMenu({ pipeline, onPick }: { readonly pipeline: string; readonly onPick: (id: string) => void }) {
  const [t, pipelines] = [useTranslations('board'), usePipelines()];
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const chosen = pipelines.find((entry) => entry.id === pipeline) ?? pipelines[0];
  if (pipelines.length < 2 || chosen === undefined) return null;
  return (
    <>
      <button type="button" className="button" aria-haspopup="menu" aria-expanded={anchor !== null} aria-label={`${t('pipeline')}: ${chosen.name}`} onClick={(event) => setAnchor(event.currentTarget)}>
        {chosen.name}<ChevronDown size={14} aria-hidden />
      </button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {pipelines.map((entry) => (
          <MenuItem key={entry.id} onClick={() => { setAnchor(null); onPick(entry.isDefault ? '' : entry.id); }}>
            <span className="tw:grow truncate">{entry.name}</span>{entry.id === chosen.id ? <Check size={14} aria-hidden /> : null}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
