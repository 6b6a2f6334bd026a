import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Picker } from '../ui/Picker';
import { labelOf, productsQuery, type Product } from './products';

interface Props {
  readonly id: string;
  readonly chosen: { readonly id: string; readonly label: string } | undefined;
  readonly fault?: string | undefined;
  readonly autoFocus?: boolean;
  readonly onPick: (product: Product | undefined) => void;
}

/** Chooses a product by typing parts of its code or its name. */
export function ProductPicker({ id, chosen, fault, autoFocus = false, onPick }: Props) {
  const [words, setWords] = useState('');
  const found = useQuery(productsQuery(words));
  const products = found.data ?? [];
  return (
    <Picker id={id} autoFocus={autoFocus} invalid={fault !== undefined} describedBy={fault === undefined ? undefined : `${id}-fault`}
      options={products.map((product) => ({ key: product.id, label: labelOf(product) }))} chosen={chosen === undefined ? [] : [{ key: chosen.id, label: chosen.label }]} onSearch={setWords} loading={found.isFetching}
      onPick={([picked]) => { setWords(''); onPick(products.find((product) => product.id === picked?.key)); }} />
  );
}
