import Autocomplete from '@mui/material/Autocomplete';
import { useTranslations } from 'next-intl';
import type { Option } from '../fields/choices';
import type { EditorProps } from '../fields/kind';

/** Where an input stands, and what is said of it. */
export type Placed = Pick<EditorProps, 'id' | 'autoFocus' | 'invalid' | 'describedBy'>;

export interface PickerProps extends Placed {
  readonly many?: boolean;
  readonly options: readonly Option[];
  readonly chosen: readonly Option[];
  readonly onPick: (picked: readonly Option[]) => void;
  /** Where the options are asked for by what is typed. */
  readonly onSearch?: (words: string) => void;
  readonly loading?: boolean;
}

/** Chooses one or several of many by typing. */
export function PickerBox({ id, many = false, options, chosen, onPick, onSearch, loading = false, autoFocus, invalid, describedBy }: PickerProps) {
  const t = useTranslations('fields');
  return (
    <Autocomplete<Option, boolean>
      id={id} multiple={many} options={options} value={many ? [...chosen] : (chosen[0] ?? null)} loading={loading}
      openOnFocus={autoFocus ?? false} autoHighlight size="small"
      getOptionLabel={(option) => option.label} getOptionKey={(option) => option.key} isOptionEqualToValue={(a, b) => a.key === b.key}
      noOptionsText={t('nothingFound')} loadingText={t('loading')} openText={t('open')} closeText={t('close')} clearText={t('clear')}
      {...(onSearch === undefined ? {} : { filterOptions: (found: Option[]) => found })}
      onInputChange={(_event, words, reason) => reason === 'input' && onSearch?.(words)}
      onChange={(_event, picked) => onPick(Array.isArray(picked) ? picked : picked === null ? [] : [picked])}
      renderInput={(params) => (
        <div className="picker" ref={params.slotProps.input.ref}>
          {params.slotProps.input.startAdornment}
          <input {...params.slotProps.htmlInput} className="input" autoFocus={autoFocus} aria-invalid={invalid ?? false} aria-describedby={describedBy} />
        </div>
      )}
    />
  );
}
