import {
  AtSign, Binary, Calculator, Calendar, CircleDot, Clock, Coins, Hash, Link2, ListChecks, Lock, Phone, Sigma, Spline, SquareCheck, Text, Type, User, Waypoints, WholeWord, type LucideIcon,
} from 'lucide-react';
import type { TypeName } from './fields';

const icons: Readonly<Record<TypeName, LucideIcon>> = {
  TEXT: Type, LONG_TEXT: Text, EMAIL: AtSign, PHONE: Phone, URL: Link2, CONFIDENTIAL: Lock, NUMBER: Hash, DECIMAL: Binary, MONEY: Coins, DATE: Calendar, INSTANT: Clock,
  BOOLEAN: SquareCheck, SINGLE_CHOICE: CircleDot, MULTIPLE_CHOICE: ListChecks, USER: User, RELATION: Spline, RELATIONS: Waypoints, FORMULA: Calculator, ROLL_UP: Sigma, AUTO_NUMBER: WholeWord,
};

/** The mark of a type of field, the same everywhere. */
export function FieldMark({ name }: { readonly name: TypeName }) {
  const Icon = icons[name];
  return <Icon size={15} aria-hidden />;
}
