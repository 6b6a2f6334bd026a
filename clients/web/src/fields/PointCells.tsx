import { useLocale } from 'next-intl';
import type { ReactNode } from 'react';
import type { CellProps } from './kind';
import { addressOf, pointsOf, written, type Point, type Points } from './points';
import { EmailCell, PhoneLink } from './reference';

/** An address in one line, its country by name. */
export function AddressCell({ value }: CellProps) {
  const shown = written(addressOf(value), useLocale());
  return shown === '' ? null : <span className="truncate">{shown}</span>;
}

/** E-mails, phones or addresses beside the main one, each with what it is for. */
export function PointsCell(props: CellProps) {
  const [path, locale] = [props.field.path as Points, useLocale()];
  const shown = ({ value, e164 }: Point): ReactNode => {
    if (typeof value !== 'string') return <span className="truncate">{written(value, locale)}</span>;
    return path === 'other_emails' ? <EmailCell {...props} value={value} /> : <PhoneLink typed={value} e164={e164} />;
  };
  return <span className="points">{pointsOf(path, props.value).map((point, at) => <span key={at} className="point">{shown(point)}{point.label === '' ? null : <small className="pill">{point.label}</small>}</span>)}</span>;
}
