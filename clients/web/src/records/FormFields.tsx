import { useState } from 'react';
import type { Field, Resource, Row } from '../api/api';
import { wholeOf, type Fault } from '../fields/faults';
import { kindOf } from '../fields/registry';
import type { Section } from './sections';
import { valueAt, withValue } from './values';

const none: readonly Fault[] = [];

interface Props {
  readonly id: string;
  readonly resource: Resource;
  readonly sections: readonly Section[];
  readonly headed: boolean;
  readonly draft: Row;
  /** What is wrong, by the path of the field. */
  readonly faults: ReadonlyMap<string, readonly Fault[]>;
  readonly onDraft: (change: (now: Row) => Row) => void;
}

/** What a form asks for. It is one list, whichever sections there are: an input that goes to another section stays the same one, and keeps the focus. */
export function FormFields({ id, resource, sections, headed, draft, faults, onDraft }: Props) {
  // Only the form takes the focus when it opens, and no field that comes first later.
  const [first] = useState(sections[0]?.fields[0]?.path);
  return sections.flatMap((section, at) => [
    ...(headed && section.title !== '' ? [<h3 key={`section ${at}`} className="section-title wide">{section.title}</h3>] : []),
    ...section.fields.map((field) => (
      <FormField key={field.path} id={`${id}-${field.path}`} resource={resource} field={field} value={valueAt(draft, field.jsonPath)} row={draft} faults={faults.get(field.path) ?? none} first={field.path === first}
        onChange={(value) => onDraft((now) => withValue(now, field.jsonPath, value))} />
    )),
  ]);
}

interface FormFieldProps {
  readonly id: string;
  readonly resource: Resource;
  readonly field: Field;
  readonly value: unknown;
  readonly row: Row;
  readonly faults: readonly Fault[];
  readonly first: boolean;
  readonly onChange: (value: unknown) => void;
}

function FormField({ id, resource, field, value, row, faults, first, onChange }: FormFieldProps) {
  const { Editor, placed = false } = kindOf(field);
  const fault = wholeOf(faults, placed);
  if (Editor === undefined) return null;
  return (
    <div className={`form-field${kindOf(field).manyLines ? ' wide' : ''}`}>
      <label htmlFor={id}>{field.label}{field.definition?.required ? <span className="required" aria-hidden> *</span> : null}</label>
      <Editor id={id} resource={resource} field={field} value={value} row={row} onChange={onChange} autoFocus={first} invalid={fault !== undefined} describedBy={fault === undefined ? undefined : `${id}-fault`} faults={faults} />
      {field.definition?.help ? <small>{field.definition.help}</small> : null}
      {fault === undefined ? null : <p id={`${id}-fault`} className="fault" role="alert">{fault}</p>}
    </div>
  );
}
