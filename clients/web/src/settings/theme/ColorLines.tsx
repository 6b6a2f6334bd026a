import { Check, TriangleAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useId } from 'react';
import { numberFormat } from '../../fields/formats';
import { colorNames, isColor, ratioOf, worstOf, type ColorName, type Colors } from '../../theme/contrast';

interface Props {
  readonly mode: 'light' | 'dark';
  readonly colors: Colors;
  readonly onChange: (parts: Partial<Colors>) => void;
}

/** The colours, each with how it stands out where it does so worst: said while one writes. */
export function ColorLines({ mode, colors, onChange }: Props) {
  return <ul className="color-lines">{colorNames.map((name) => <ColorLine key={name} mode={mode} name={name} colors={colors} onChange={onChange} />)}</ul>;
}

function ColorLine({ mode, name, colors, onChange }: Props & { readonly name: ColorName }) {
  const [t, id, locale] = [useTranslations('themes'), useId(), useLocale()];
  const [color, worst] = [colors[name], worstOf(colors, name)];
  const label = t(`colors.${name}`);
  const good = isColor(color) && (worst === undefined || worst.ratio >= worst.least);
  const written = (ratio: number) => numberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 2 }).format(ratioOf(ratio));
  return (
    <li>
      <input type="color" aria-label={t('pick', { name: label, mode: t(mode) })} value={isColor(color) ? color : '#000000'} onChange={(event) => onChange({ [name]: event.target.value })} />
      <label htmlFor={id}>{label}</label>
      <input id={id} className="input mono" spellCheck={false} autoComplete="off" maxLength={7} value={color} aria-invalid={!good} aria-describedby={`${id}-said`} onChange={(event) => onChange({ [name]: event.target.value.trim() })} />
      <span id={`${id}-said`} className="color-said" data-good={good} aria-live="polite">
        {!isColor(color) ? <><TriangleAlert size={13} aria-hidden />{t('noColor')}</>
          : worst === undefined ? null
          : <>{good ? <Check size={13} aria-hidden /> : <TriangleAlert size={13} aria-hidden />}<span className="tabular">{t('ratio', { ratio: written(worst.ratio) })}</span>{good ? null : <span>{t('needs', { least: written(worst.least), back: t(`colors.${worst.back}`) })}</span>}</>}
      </span>
    </li>
  );
}
