/** The same name has the same colour everywhere. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + char.codePointAt(0)!) % 8;
  return hash;
}

export function initialsOf(name: string): string {
  const words = name.split(/[\s@.]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.slice(0, 2).map((word) => [...word][0]!.toUpperCase()).join('');
}

export function Avatar({ name, round = false, large = false }: { readonly name: string; readonly round?: boolean; readonly large?: boolean }) {
  return <span className={`avatar${round ? ' round' : ''}${large ? ' large' : ''}`} data-hue={hueOf(name)} aria-hidden>{initialsOf(name)}</span>;
}
