/** Keys that are pressed one after the other. */
export function Keys({ keys }: { readonly keys: readonly string[] }) {
  return <span className="keys" aria-hidden>{keys.map((key) => <kbd key={key}>{key.length === 1 ? key.toUpperCase() : key}</kbd>)}</span>;
}
