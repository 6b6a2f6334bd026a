import { useState } from 'react';
import { begun, heard, type Draft } from './draft';

/** A draft of what stands elsewhere, and a way to go on with it; `written` where it has just been written there. */
export function useDraft<T>(source: string, read: (source: string) => T): readonly [Draft<T>, (shown: T, written?: string) => void] {
  const [draft, setDraft] = useState(() => begun(source, read));
  const now = heard(draft, source, read);
  if (now !== draft) setDraft(now);
  return [now, (shown, written) => setDraft((before) => ({ ...before, shown, written: written ?? before.written }))];
}
