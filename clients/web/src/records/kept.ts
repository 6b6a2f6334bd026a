/** The columns of a few lists, as this browser keeps them: by resource and view, those that were changed last. */
const most = 12;
/** In bytes, as the cookie is sent: browsers drop what is longer than 4 KB, with its name and its attributes. */
const longest = 3_500;

type Kept = Readonly<Record<string, string>>;

export const listKey = (resource: string, view: string | undefined): string => `${resource}|${view ?? 'all'}`;

/** What the cookie holds; nothing where it cannot be read. */
export function readKept(cookie: string | undefined): Kept {
  try {
    const found: unknown = JSON.parse(cookie ?? '{}');
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.fromEntries(Object.entries(found).filter((pair): pair is [string, string] => typeof pair[1] === 'string')) : {};
  } catch {
    return {};
  }
}

/** With the columns of one list, or without them where there are none; the oldest ones go. */
export function withKept(kept: Kept, key: string, settings: string): Kept {
  const others = Object.entries(kept).filter(([known]) => known !== key);
  const next = settings === '' ? others : [...others, [key, settings] as const].slice(-most);
  while (next.length > 0 && encodeURIComponent(JSON.stringify(Object.fromEntries(next))).length > longest) next.shift();
  return Object.fromEntries(next);
}
