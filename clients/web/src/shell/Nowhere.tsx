'use client';

import { Compass } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Link } from '../routing/Link';
import { Blank } from '../ui/Blank';
import { Title } from '../ui/Title';

export function Nowhere() {
  const t = useTranslations('faults');
  return <><Title>{t('nowhere')}</Title><Blank icon={Compass} title={t('nowhere')} action={<Link className="button" href="/">{t('home')}</Link>}>{t('nowhereHint')}</Blank></>;
}
