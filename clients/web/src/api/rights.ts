import type { Resource } from './api';

/** Whether the caller may do it, as far as it is known before a record is. */
export const may = (resource: Resource, action: string): boolean => resource.actions.find((entry) => entry.action === action)?.allowed ?? false;

/** Whether the caller may change records of it at all; of what tells no actions, its fields tell it. */
export const mayChange = (resource: Resource): boolean => resource.actions.length === 0 || may(resource, 'update');
