import type { Resource } from './api';

/** Whether the caller may do it, as far as it is known before a record is. */
export const may = (resource: Resource, action: string): boolean => resource.actions.find((entry) => entry.action === action)?.allowed ?? false;
