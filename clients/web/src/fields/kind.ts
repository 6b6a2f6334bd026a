import type { ComponentType } from 'react';
import type { Field, Resource } from '../api/api';

export interface CellProps {
  readonly resource: Resource;
  readonly field: Field;
  readonly value: unknown;
}

export interface EditorProps extends CellProps {
  /** The label's target. */
  readonly id: string;
  readonly onChange: (value: unknown) => void;
  /** Takes the value as it is now, where choosing is deciding. */
  readonly onDone?: (value: unknown) => void;
  readonly autoFocus?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
}

/** How a type of field is shown, edited and measured: everything that shows records reads this, and nothing else knows types. */
export interface FieldKind {
  readonly Cell: ComponentType<CellProps>;
  /** Absent where values are only shown. */
  readonly Editor?: ComponentType<EditorProps>;
  /** Of a column, in pixels. */
  readonly width: number;
  readonly alignEnd?: boolean;
  /** Enter does not end its editing. */
  readonly manyLines?: boolean;
}
