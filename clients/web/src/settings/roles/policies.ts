import { queryOptions } from '@tanstack/react-query';
import type { components } from '@platform/api';
import { call } from '../../api/api';
import type { Role } from '../tenants';

type Schemas = components['schemas'];
export type Policy = Schemas['tenants.Policy'];
export type FieldRule = Schemas['tenants.FieldRule'];
export type Subjects = Schemas['tenants.PolicySubjects'];
export type PolicyDraft = Omit<Policy, 'id' | 'etag' | 'createTime' | 'updateTime' | 'subjects'> & { readonly subjects: Subjects };

const path = '/api/v1/tenants/current';

export const policiesQuery = queryOptions({ queryKey: ['settings', 'policies'], queryFn: async () => (await call<{ policies?: Policy[] }>('GET', `${path}/policies`, { query: { pageSize: 200 } })).policies ?? [], retry: false });

export interface RoleDraft {
  readonly name: string;
  readonly displayName: string;
  readonly permissions: readonly string[];
}

export const createRole = (body: RoleDraft) => call<Role>('POST', `${path}/roles`, { body });
export const updateRole = ({ name, displayName, permissions }: RoleDraft) => call<Role>('PATCH', `${path}/roles/${name}`, { query: { updateMask: 'displayName,permissions' }, body: { displayName, permissions } });
export const deleteRole = (name: string) => call('DELETE', `${path}/roles/${name}`);
export const createPolicy = (body: PolicyDraft) => call<Policy>('POST', `${path}/policies`, { body });
export const updatePolicy = ({ id, etag }: Policy, { name, description, resource, subjects, effect, actions, filter, fieldRules, disabled }: PolicyDraft) =>
  call<Policy>('PATCH', `${path}/policies/${id}`, { query: { updateMask: 'name,description,resource,subjects,effect,actions,filter,fieldRules,disabled' }, body: { etag, name, description, resource, subjects, effect, actions, filter, fieldRules, disabled } });
export const deletePolicy = (id: string) => call('DELETE', `${path}/policies/${id}`);

export const actions = ['read', 'create', 'update', 'delete', 'export'] as const;
export const accesses = ['READ_ONLY', 'MASKED', 'HIDDEN', 'FULL'] as const;

/** Whether a policy speaks of fields, which then hold for all records, or of records. */
export const speaksOfFields = ({ fieldRules }: Pick<Policy, 'fieldRules'>): boolean => fieldRules.length > 0;

export const emptyPolicy: PolicyDraft = { name: '', description: '', resource: 'deals.deal', subjects: { everyone: true, roles: [], teamIds: [], userIds: [] }, effect: 'POLICY_EFFECT_DENY', actions: ['read'], filter: '', fieldRules: [], disabled: false };

export const draftOf = ({ name, description, resource, subjects, effect, actions: done, filter, fieldRules, disabled }: Policy): PolicyDraft =>
  ({ name, description, resource, subjects: subjects ?? emptyPolicy.subjects, effect, actions: done, filter, fieldRules, disabled });

/** What is sent of a policy that speaks of one thing: what was written of the other is left behind. */
export const settled = (draft: PolicyDraft, ofFields: boolean): PolicyDraft => {
  const { everyone } = draft.subjects;
  const subjects = everyone ? { everyone, roles: [], teamIds: [], userIds: [] } : draft.subjects;
  return ofFields ? { ...draft, subjects, effect: 'POLICY_EFFECT_UNSPECIFIED', actions: [], filter: '' } : { ...draft, subjects, fieldRules: [] };
};

/** A name of the API out of what people call a role: "Key account" is key-account. */
export const roleName = (key: string): string => key.replaceAll('_', '-');
