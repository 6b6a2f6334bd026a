import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { faultsAt, type Fault } from './faults';
import type { EditorProps } from './kind';
import { addressOf, faultsOfPoints, isBlank, pointParts, pointsOf, tidy, valueOf, type Address, type Point, type Points } from './points';

const most = 20;
const parts = [['postalCode', 20], ['city', 100], ['region', 100]] as const;

interface AddressProps {
  readonly id: string;
  readonly address: Address;
  readonly autoFocus?: boolean;
  readonly invalid?: boolean | undefined;
  readonly describedBy?: string | undefined;
  readonly faults: readonly Fault[];
  readonly onChange: (address: Address) => void;
}

/** What is wrong with one input, below it. */
const Said = ({ id, faults }: { readonly id: string; readonly faults: readonly Fault[] }) => (faults[0] === undefined ? null : <p id={`${id}-fault`} className="fault" role="alert">{faults[0].message}</p>);

function AddressInputs({ id, address, autoFocus = false, invalid = false, describedBy, faults, onChange }: AddressProps) {
  const t = useTranslations('fields');
  const all = faults.filter(({ place }) => place === '');
  const at = (part: string) => [...all, ...faultsAt(faults, part)];
  const said = (part: string) => ({ 'aria-invalid': invalid || at(part).length > 0, 'aria-describedby': at(part).length > 0 ? `${id}-fault` : describedBy });
  return (
    <span className="address">
      <textarea {...said('lines')} id={id} className="input area" rows={2} autoFocus={autoFocus} placeholder={t('address.lines')} value={(address.lines ?? []).join('\n')} onChange={(event) => onChange({ ...address, lines: event.target.value.split('\n') })} />
      {parts.map(([part, length]) => <input key={part} {...said(part)} className="input" data-part={part} autoComplete="off" maxLength={length} aria-label={t(`address.${part}`)} placeholder={t(`address.${part}`)} value={address[part] ?? ''} onChange={(event) => onChange({ ...address, [part]: event.target.value })} />)}
      <input {...said('country')} className="input" data-part="country" autoComplete="off" maxLength={2} aria-label={t('address.country')} placeholder={t('address.country')} value={address.country ?? ''} onChange={(event) => onChange({ ...address, country: event.target.value.toUpperCase() })} />
      <Said id={id} faults={faults} />
    </span>
  );
}

export function AddressEditor({ id, value, autoFocus, invalid, describedBy, faults = [], onChange }: EditorProps) {
  // As it is written, with lines that are still empty; what is kept of it is tidy.
  const [address, setAddress] = useState(() => addressOf(value));
  const write = (next: Address) => {
    setAddress(next);
    onChange(isBlank(tidy(next)) ? undefined : tidy(next));
  };
  return <AddressInputs id={id} address={address} autoFocus={autoFocus ?? false} invalid={invalid} describedBy={describedBy} faults={faults.filter(({ place }) => place !== '')} onChange={write} />;
}

/** E-mails, phones or addresses beside the main one: added, removed, and called what they are for. */
export function PointsEditor({ id, field, value, autoFocus, invalid, describedBy, faults = [], onChange }: EditorProps) {
  const [t, path] = [useTranslations('fields'), field.path as Points];
  const list = useRef<HTMLUListElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const grown = useRef(autoFocus ?? false);
  const blank: Point = { value: path === 'other_addresses' ? {} : '', label: '' };
  const [points, setPoints] = useState<readonly Point[]>(() => (pointsOf(path, value).length === 0 && (autoFocus ?? false) ? [blank] : pointsOf(path, value)));
  // Each stays with the one that it is about, whatever is added and removed, until that is written anew.
  const [told, setTold] = useState<{ readonly of: string; readonly at: readonly (readonly Fault[])[] }>({ of: '[]', at: [] });
  if (told.of !== JSON.stringify(faults)) setTold({ of: JSON.stringify(faults), at: faultsOfPoints(points, faults) });
  const faultsAtRow = (at: number): readonly Fault[] => told.at[at] ?? [];
  const tell = (at: readonly (readonly Fault[])[]) => setTold((now) => ({ ...now, at }));
  useEffect(() => {
    // Who adds one goes on to write it.
    if (grown.current) list.current?.querySelector<HTMLElement>('li:last-child .input')?.focus();
    grown.current = false;
  });
  const write = (next: readonly Point[]) => {
    setPoints(next);
    onChange(valueOf(path, next));
  };
  const set = (at: number, part: Partial<Point>) => {
    tell(points.map((_point, index) => (index === at ? [] : faultsAtRow(index))));
    write(points.map((point, index) => (index === at ? { ...point, ...part } : point)));
  };
  const remove = (at: number) => {
    // The focus stays in the editor, which would be left otherwise.
    add.current?.focus();
    tell(points.map((_point, index) => faultsAtRow(index)).filter((_faults, index) => index !== at));
    write(points.filter((_point, index) => index !== at));
  };
  const idOf = (at: number) => (at === 0 ? id : `${id}-${at}`);
  const said = (at: number, part: string) => {
    const isWrong = faultsAtRow(at).some(({ place }) => place === '' || faultsAt([{ place, message: '' }], part).length > 0);
    return { 'aria-invalid': (invalid ?? false) || isWrong, 'aria-describedby': isWrong ? `${idOf(at)}-fault` : describedBy };
  };
  const part = pointParts[path];
  return (
    <span className="points-editor" role="group" aria-label={field.label}>
      <ul ref={list}>
        {points.map((point, at) => (
          <li key={at} data-wide={typeof point.value !== 'string'}>
            {typeof point.value !== 'string' ? <AddressInputs id={idOf(at)} address={point.value} invalid={invalid} describedBy={describedBy} faults={[...faultsAt(faultsAtRow(at), part), ...faultsAtRow(at).filter(({ place }) => place === '')]} onChange={(address) => set(at, { value: address })} />
              : <input {...said(at, part)} id={idOf(at)} className="input" type={path === 'other_emails' ? 'email' : 'tel'} autoComplete="off" aria-label={t('point', { label: field.label, number: at + 1 })} value={point.value} onChange={(event) => set(at, { value: event.target.value })} />}
            <input {...said(at, 'label')} className="input" autoComplete="off" maxLength={50} list={`${id}-labels`} aria-label={t('pointLabel', { number: at + 1 })} placeholder={t('pointFor')} value={point.label} onChange={(event) => set(at, { label: event.target.value })} />
            <button type="button" className="icon-button" aria-label={t('pointRemove', { number: at + 1 })} onClick={() => remove(at)}><X size={15} aria-hidden /></button>
            <Said id={idOf(at)} faults={typeof point.value === 'string' ? faultsAtRow(at) : faultsAt(faultsAtRow(at), 'label')} />
          </li>
        ))}
      </ul>
      <datalist id={`${id}-labels`}>{(path === 'other_addresses' ? ['billing', 'delivery', 'home'] as const : ['work', 'home', 'mobile'] as const).map((label) => <option key={label} value={t(`pointLabels.${label}`)} />)}</datalist>
      <button ref={add} id={points.length === 0 ? id : undefined} type="button" className="button ghost add" disabled={points.length >= most} onClick={() => { grown.current = true; write([...points, blank]); }}><Plus size={14} aria-hidden />{t('pointAdd')}</button>
    </span>
  );
}
