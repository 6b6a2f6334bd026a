import type { ComponentType } from 'react';
import type { Field, Resource, Row } from '../api/api';

export interface CellProps {
  readonly resource: Resource;
  readonly field: Field;
  readonly value: unknown;
}

export interface EditorProps extends CellProps {
  /** The record to which the field belongs, as far as it is known. */
  readonly row?: Row;
  /** The label's target. */
  readonly id: string;
  readonly onChange: (value: unknown) => void;
  /** Takes the value as it is now, where choosing is deciding. */
  readonly onDone?: (value: unknown) => void;
  readonly autoFocus?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
}

/** How a type of field is shown, edited and measured: tables, records, forms and timelines read this. What it is compared with in a filter stands in `filters/`. */
export interface FieldKind {
  readonly Cell: ComponentType<CellProps>;
  /** Absent where values are only shown. */
  readonly Editor?: ComponentType<EditorProps>;
  /** Of a column, in pixels. */
  readonly width: number;
  readonly alignEnd?: boolean;
  /** It is of several inputs: edited on pages and in forms, and neither in a cell nor of many records at once. */
  readonly composed?: boolean;
  /** Enter does not end its editing. */
  readonly manyLines?: boolean;
}
