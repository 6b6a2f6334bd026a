import type { Resource } from '../api/api';

export const listRoom = (resource: Resource): string => resource.resource;
export const recordRoom = (resource: Resource, id: string): string => `${resource.resource}/${id}`;
export const boardRoom = (pipeline: string): string => `board/${pipeline}`;
export const notificationsRoom = 'notifications';
