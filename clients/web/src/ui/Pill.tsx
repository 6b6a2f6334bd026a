import type { Option } from '../fields/choices';
import { hueOf } from './Avatar';

/** A choice: its own colour as a dot, so that the text keeps its contrast whatever the colour is. */
export function Pill({ option: { label, color, hue } }: { readonly option: Option }) {
  return (
    <span className="pill">
      {color === undefined ? <span className="dot" data-hue={hue ?? hueOf(label)} /> : <span className="dot" style={{ background: color }} />}
      <span className="truncate">{label}</span>
    </span>
  );
}
