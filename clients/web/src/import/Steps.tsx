import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { steps, type Step } from './useWizard';

/** How far one has come. */
export function Steps({ step }: { readonly step: Step }) {
  const t = useTranslations('import');
  const at = steps.indexOf(step);
  return (
    <ol className="steps" aria-label={t('steps.label')}>
      {steps.map((name, index) => (
        <li key={name} aria-current={name === step ? 'step' : undefined} data-done={index < at}>
          <span className="steps-number" aria-hidden>{index < at ? <Check size={12} /> : index + 1}</span><span className="truncate">{t(`steps.${name}`)}</span>
        </li>
      ))}
    </ol>
  );
}
