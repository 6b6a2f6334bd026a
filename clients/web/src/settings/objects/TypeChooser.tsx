import { useTranslations } from 'next-intl';
import type { Resource } from '../../api/api';
import { FieldMark } from './FieldMark';
import { isComputed, typeGroups, typeOfName, type FieldType } from './fields';

/** What kind of values the field has; that never changes. */
export function TypeChooser({ resource, onChoose }: { readonly resource: Resource; readonly onChoose: (type: FieldType) => void }) {
  const t = useTranslations('designer');
  // An issued invoice never changes: nothing is computed in it.
  const groups = resource.resource === 'finance.invoice' ? typeGroups.filter(([, names]) => !names.some((name) => isComputed(typeOfName(name)))) : typeGroups;
  return (
    <div className="form-scroll types">
      <p className="dim">{t('chooseType')}</p>
      {groups.map(([group, names]) => (
        <section key={group} aria-label={t(`groups.${group}`)}>
          <h3>{t(`groups.${group}`)}</h3>
          <div className="type-grid">
            {names.map((name) => (
              <button key={name} type="button" className="type" onClick={() => onChoose(typeOfName(name))}>
                <span className="mark-box"><FieldMark name={name} /></span>
                <span className="who"><span>{t(`kinds.${name}`)}</span><small>{t(`about.${name}`)}</small></span>
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
