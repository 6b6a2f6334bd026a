import { Download, Merge, Pencil, Tags, Trash2, UserRound, X, type LucideIcon } from 'lucide-react';
import type { Act } from './kinds';

/** By what each thing to be done is known at a look. */
export const iconOfAct: Readonly<Record<Act, LucideIcon>> = { update: Pencil, assign: UserRound, addTags: Tags, removeTags: X, merge: Merge, export: Download, delete: Trash2 };
