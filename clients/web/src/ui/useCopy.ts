import { useNotice } from './Notice';

/** Puts a text on the clipboard, and says so. There may be no clipboard, and a browser may refuse it. */
export function useCopy({ copied, refused }: { readonly copied: string; readonly refused: string }): (text: string) => Promise<void> {
  const tell = useNotice();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      tell({ text: copied });
    } catch {
      tell({ text: refused, bad: true });
    }
  };
}
