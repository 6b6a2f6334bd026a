import { useCallback, useMemo, useState } from 'react';
import type { Row } from '../api/api';
import { nothing, ranged, rowsOf, toggled, type Picked } from './picked';

export interface Picking {
  readonly picked: Picked;
  /** Those that are chosen and still there. */
  readonly rows: readonly Row[];
  readonly toggle: (index: number, through: boolean) => void;
  readonly range: (one: number, other: number, on: boolean) => void;
  /** All that are loaded. */
  readonly pickLoaded: () => void;
  /** All that the list finds. */
  readonly pickAll: () => void;
  readonly clear: () => void;
}

/** What is chosen in a list, as long as it shows the same records. */
export function usePicked(scope: string, rows: readonly Row[]): Picking {
  const [kept, setPicked] = useState<Picked>(() => nothing(scope));
  const picked = useMemo(() => (kept.scope === scope ? kept : nothing(scope)), [kept, scope]);
  const chosen = useMemo(() => rowsOf(picked, rows), [picked, rows]);
  const change = (to: (now: Picked) => Picked) => setPicked((now) => to(now.scope === scope ? now : nothing(scope)));
  return {
    picked, rows: chosen,
    toggle: (index, through) => change((now) => toggled(now, rows, index, through)),
    range: (one, other, on) => change((now) => ranged(now, rows, one, other, on)),
    pickLoaded: () => change((now) => ranged(now, rows, 0, rows.length - 1, true)),
    pickAll: () => change((now) => ({ ...now, all: true })),
    clear: useCallback(() => setPicked(nothing(scope)), [scope]),
  };
}
