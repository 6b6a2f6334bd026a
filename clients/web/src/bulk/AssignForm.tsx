import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { UserEditor } from '../fields/user';
import { Labelled } from '../settings/objects/Labelled';
import type { FormProps } from './BulkDialog';
import { faultOf } from './order';

/** Who is to look after them. */
export function AssignForm({ id, resource, errors, onOrder }: FormProps) {
  const t = useTranslations('bulk');
  const [ownerId, setOwnerId] = useState('');
  const [field, fault] = [resource.fields.find(({ path }) => path === 'owner_id'), faultOf(errors, 'assign')];
  const choose = (value: unknown) => {
    const next = typeof value === 'string' ? value : '';
    setOwnerId(next);
    onOrder(next === '' ? undefined : { assign: { ownerId: next } });
  };
  return field === undefined ? null : (
    <Labelled id={`${id}-owner`} label={t('owner')} fault={fault} required>
      <UserEditor id={`${id}-owner`} resource={resource} field={field} value={ownerId} onChange={choose} autoFocus invalid={fault !== undefined} describedBy={fault === undefined ? undefined : `${id}-owner-fault`} />
    </Labelled>
  );
}
