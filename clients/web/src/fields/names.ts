import { useQuery } from '@tanstack/react-query';
import { listRows } from '../records/records';
import { nameOf } from '../records/values';

interface Waiting {
  readonly id: string;
  readonly resolve: (name: string | null) => void;
  readonly reject: (fault: unknown) => void;
}

/** The ids that a screen asks for at once are one question: a list of a hundred rows does not ask a hundred times. */
export function createNames(read: typeof listRows = listRows) {
  const waiting = new Map<string, Waiting[]>();

  async function ask(path: string): Promise<void> {
    const asked = waiting.get(path) ?? [];
    waiting.delete(path);
    const ids = [...new Set(asked.map((entry) => entry.id))];
    try {
      const names = new Map<string, string>();
      for (let from = 0; from < ids.length; from += 100) {
        const { rows } = await read(path, { pageSize: 100, filter: `id = (${ids.slice(from, from + 100).join(' OR ')})` });
        for (const row of rows) names.set(row.id, nameOf(row));
      }
      for (const entry of asked) entry.resolve(names.get(entry.id) ?? null);
    } catch (fault) {
      for (const entry of asked) entry.reject(fault);
    }
  }

  return (path: string, id: string): Promise<string | null> =>
    new Promise((resolve, reject) => {
      const queue = waiting.get(path);
      if (queue !== undefined) queue.push({ id, resolve, reject });
      else {
        waiting.set(path, [{ id, resolve, reject }]);
        setTimeout(() => void ask(path), 10);
      }
    });
}

const load = createNames();

/** What people call a record of another list; the beginning of its id where the caller may not see it, undefined until it is known. */
export function useNameOf(path: string, id: string): string | undefined {
  const { data, isError } = useQuery({ queryKey: ['name', path, id], queryFn: () => load(path, id), staleTime: 60_000, retry: false });
  return data ?? (data === null || isError ? id.slice(0, 8) : undefined);
}
