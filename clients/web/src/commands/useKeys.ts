import { useEffect, useRef } from 'react';

const patience = 1_200;

/** What is pressed, one after the other: "?", "g p", "mod+k". */
export type Bindings = Readonly<Record<string, () => void>>;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role=menu], [role=dialog], [role=combobox]') !== null);

/** The name of what was pressed; by place on the keyboard where another alphabet is written there. */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>): string | undefined {
  if (event.altKey) return undefined;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  const latin = /^[\x20-\x7e]$/.test(event.key) ? event.key.toLowerCase() : (letter ?? event.key);
  return event.ctrlKey || event.metaKey ? `mod+${latin}` : latin;
}

/** Keys that work wherever nobody is typing; with Ctrl or Cmd they work everywhere. */
export function useKeys(bindings: Bindings): void {
  const now = useRef(bindings);
  const before = useRef({ key: '', at: 0 });
  useEffect(() => void (now.current = bindings));
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = nameOf(event);
      if (key === undefined || event.defaultPrevented || (isTyping(event.target) && !key.startsWith('mod+'))) return;
      const pair = event.timeStamp - before.current.at < patience ? `${before.current.key} ${key}` : '';
      const run = now.current[pair] ?? now.current[key];
      before.current = { key: now.current[pair] === undefined ? key : '', at: event.timeStamp };
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
