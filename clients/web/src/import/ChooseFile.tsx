import { FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useRef, useState, type DragEvent } from 'react';
import { useResources } from '../api/metadata';
import { ResourceIcon } from '../shell/icons';
import { History } from './History';
import type { Target } from './targets';

interface Props {
  readonly targets: readonly Target[];
  readonly target: Target;
  /** It is known what fields there are. */
  readonly ready: boolean;
  readonly onTarget: (key: string) => void;
  readonly onFile: (file: File) => void;
}

/** What the file holds, and the file. */
export function ChooseFile({ targets, target, ready, onTarget, onFile }: Props) {
  const [t, id, resources] = [useTranslations('import'), useId(), useResources()];
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const labelOf = (resource: string) => resources.find((entry) => entry.resource === resource)?.pluralLabel ?? resource;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined && ready) onFile(file);
  };
  return (
    <div className="tw:grid tw:gap-6 tw:max-w-2xl">
      <fieldset className="kinds">
        <legend>{t('kind')}</legend>
        {targets.map((entry) => (
          <label key={entry.key} data-chosen={entry.key === target.key}>
            <input type="radio" className="unseen" name={`${id}-kind`} checked={entry.key === target.key} onChange={() => onTarget(entry.key)} />
            <ResourceIcon name={entry.resource} size={16} /><span className="truncate">{labelOf(entry.resource)}</span>
          </label>
        ))}
      </fieldset>
      <div className="drop" data-over={over} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <FileUp size={22} aria-hidden />
        <p>{t('drop')}</p>
        <button type="button" className="button primary" disabled={!ready} onClick={() => input.current?.click()}>{t('choose')}</button>
        <input ref={input} id={`${id}-file`} className="unseen" type="file" tabIndex={-1} aria-label={t('choose')} accept=".csv,.tsv,.txt,.xlsx,.xls"
          onChange={(event) => event.target.files?.[0] !== undefined && onFile(event.target.files[0])} />
        <small>{t('formats')}</small>
      </div>
      {target.query['target'] === undefined ? null : <History />}
    </div>
  );
}
