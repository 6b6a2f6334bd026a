import dynamic from 'next/dynamic';
import type { Field } from '../api/api';
import { BooleanCell, BooleanEditor } from './boolean';
import { ChoiceCell, ChoiceEditor, ChoicesCell, ChoicesEditor } from './choice';
import { ConsentsCell } from './consents';
import { DateCell, DateEditor, InstantCell, InstantEditor } from './date';
import type { FieldKind } from './kind';
import { MoneyCell, MoneyEditor } from './money';
import { NumberCell, NumberEditor } from './number';
import { PlaceCell } from './place';
import { AddressCell, PointsCell } from './PointCells';
import { arePoints } from './points';
import { RelationCell, RelationEditor, RelationsCell, RelationsEditor } from './relation';
import { EmailCell, PhoneCell, UrlCell } from './reference';
import { StructureCell } from './structure';
import { TeamCell, TeamEditor } from './team';
import { AreaEditor, inputOf, LongTextCell, TextCell } from './text';
import { UserCell, UserEditor } from './user';

const text: FieldKind = { Cell: TextCell, Editor: inputOf('text'), width: 150 };
const number: FieldKind = { Cell: NumberCell, Editor: NumberEditor, width: 120, alignEnd: true };
const choice: FieldKind = { Cell: ChoiceCell, Editor: ChoiceEditor, width: 150 };

const kinds: Readonly<Record<string, FieldKind>> = {
  text,
  confidential: text,
  auto_number: { Cell: TextCell, width: 120 },
  long_text: { Cell: LongTextCell, Editor: AreaEditor, width: 260, manyLines: true },
  number,
  decimal: number,
  money: { Cell: MoneyCell, Editor: MoneyEditor, width: 140, alignEnd: true },
  date: { Cell: DateCell, Editor: DateEditor, width: 130 },
  instant: { Cell: InstantCell, Editor: InstantEditor, width: 125 },
  boolean: { Cell: BooleanCell, Editor: BooleanEditor, width: 100 },
  enum: choice,
  single_choice: choice,
  multiple_choice: { Cell: ChoicesCell, Editor: ChoicesEditor, width: 200 },
  email: { Cell: EmailCell, Editor: inputOf('email'), width: 190 },
  phone: { Cell: PhoneCell, Editor: inputOf('tel'), width: 150 },
  url: { Cell: UrlCell, Editor: inputOf('url'), width: 200 },
  user: { Cell: UserCell, Editor: UserEditor, width: 150 },
  relation: { Cell: RelationCell, Editor: RelationEditor, width: 170 },
  relations: { Cell: RelationsCell, Editor: RelationsEditor, width: 220 },
  id: { Cell: TextCell, width: 180 },
  message: { Cell: StructureCell, width: 220 },
  list: { Cell: StructureCell, width: 180 },
};

// Ids of what is no record of its own, but has a name.
const places: ReadonlySet<string> = new Set(['pipeline_id', 'stage_id']);

/** What is not known, such as a type that a newer platform has, is shown as text and left alone. */
const unknown: FieldKind = { Cell: StructureCell, width: 180 };

const typeOf = (field: Field): FieldKind => kinds[field.type] ?? unknown;

// Of the platform's own, and of the same shape wherever they are. What they are edited with comes when it is.
const [LazyAddress, LazyPoints] = [dynamic(() => import('./PointEditors').then((file) => file.AddressEditor)), dynamic(() => import('./PointEditors').then((file) => file.PointsEditor))];
const address: FieldKind = { Cell: AddressCell, Editor: LazyAddress, width: 240, manyLines: true, composed: true, placed: true };
const points: FieldKind = { Cell: PointsCell, Editor: LazyPoints, width: 220, manyLines: true, composed: true, placed: true };

/** Written by statements alone. */
const consents: FieldKind = { Cell: ConsentsCell, width: 220 };

/** Leads to what is no record. */
const team: FieldKind = { Cell: TeamCell, Editor: TeamEditor, width: 150 };

export const kindOf = (field: Field): FieldKind => {
  if (field.builtIn && field.path === 'team_id') return team;
  if (field.builtIn && field.path === 'address' && field.type === 'message') return address;
  if (field.builtIn && arePoints(field.path)) return points;
  if (field.builtIn && field.path === 'consents') return consents;
  return field.builtIn && places.has(field.path) ? { ...typeOf(field), Cell: PlaceCell } : typeOf(field);
};

/** Types that have a place of their own here, for the test that no type of the platform is forgotten. */
export const knownTypes: readonly string[] = Object.keys(kinds);
