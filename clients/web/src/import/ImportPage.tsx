'use client';

import { Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMay } from '../api/me';
import { useMaybeResource, useResources } from '../api/metadata';
import en from '../i18n/en.json';
import { Blank } from '../ui/Blank';
import { PageFrame } from '../ui/PageFrame';
import { CheckRows } from './CheckRows';
import { ChooseFile } from './ChooseFile';
import type { Head } from './head';
import { MapColumns } from './MapColumns';
import { RunImport } from './RunImport';
import { Steps } from './Steps';
import { customFields, guess, targetsOf, type Target } from './targets';
import { useWizard } from './useWizard';

const english = en.import.columns as Readonly<Record<string, string>>;

/** A file becomes records: what its columns mean, what is wrong with its rows, and then all that is right. */
export function ImportPage({ wanted }: { readonly wanted: string }) {
  const t = useTranslations('import');
  const [contacts, records] = [useMay('contacts.import'), useMay('records.import')];
  const targets = targetsOf(useResources(), (permission) => (permission === 'contacts.import' ? contacts : records));
  const [key, setKey] = useState(wanted);
  const target = targets.find((entry) => entry.key === key || entry.resource === key) ?? targets[0];
  const resource = useMaybeResource(target?.resource ?? '');
  const custom = resource === undefined ? [] : customFields(resource);
  const guessed = (head: Head, of: Target) => new Map(head.headers.flatMap((header) => {
    const found = guess(header, of, custom, (column) => [t(`columns.${column as 'name'}`), english[column] ?? '']);
    return found === undefined ? [] : [[header, found] as const];
  }));
  const wizard = useWizard(guessed);
  const { step } = wizard.state;
  return (
    <PageFrame title={t('title')} bar={<Steps step={step} />}>
      {target === undefined ? <Blank icon={Upload} title={t('nothing')}>{t('nothingHint')}</Blank>
        : step === 'file' ? <ChooseFile targets={targets} target={target} ready={resource !== undefined} onTarget={setKey} onFile={(file) => void wizard.choose(target, file)} />
        : step === 'columns' ? <MapColumns wizard={wizard} resource={resource} custom={custom} />
        : step === 'check' ? <CheckRows wizard={wizard} />
        : <RunImport wizard={wizard} />}
    </PageFrame>
  );
}
