import type { ComponentType } from 'react';
import type { Field, Resource, Row } from '../api/api';
import type { Fault } from './faults';

export interface CellProps {
  readonly resource: Resource;
  readonly field: Field;
  readonly value: unknown;
  /** The record to which the field belongs, as far as it is known. */
  readonly row?: Row;
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
  /** What is wrong, for an editor that says it where it is. */
  readonly faults?: readonly Fault[];
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
  /** Its editor says itself what is wrong with a part of the value. */
  readonly placed?: boolean;
  /** Enter does not end its editing. */
  readonly manyLines?: boolean;
}
