/** What is being written of something that stands elsewhere, such as the address. */
export interface Draft<T> {
  readonly shown: T;
  /** What stands there, as it was last seen. */
  readonly seen: string;
  /** What was last written there from here. */
  readonly written: string;
}

export const begun = <T>(source: string, read: (source: string) => T): Draft<T> => ({ shown: read(source), seen: source, written: source });

/** What stands there now is read anew where another hand has written it: the way back, a link, a command. One's own words come back as they are. */
export function heard<T>(draft: Draft<T>, source: string, read: (source: string) => T): Draft<T> {
  if (source === draft.seen) return draft;
  return source === draft.written ? { ...draft, seen: source } : begun(source, read);
}
