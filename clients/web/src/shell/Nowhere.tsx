'use client';

import { Compass } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Blank } from '../ui/Blank';

export function Nowhere() {
  const t = useTranslations('faults');
  return <Blank icon={Compass} title={t('nowhere')}>{t('nowhereHint')}</Blank>;
}
