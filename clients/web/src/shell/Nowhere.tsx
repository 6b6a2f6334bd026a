'use client';

import { Compass } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Blank } from '../ui/Blank';
import { Title } from '../ui/Title';

export function Nowhere() {
  const t = useTranslations('faults');
  return <><Title>{t('nowhere')}</Title><Blank icon={Compass} title={t('nowhere')}>{t('nowhereHint')}</Blank></>;
}
