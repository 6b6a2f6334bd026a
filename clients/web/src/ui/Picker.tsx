import dynamic from 'next/dynamic';
import type { PickerProps } from './PickerBox';

const PickerBox = dynamic(() => import('./PickerBox').then((file) => file.PickerBox), { loading: () => <span className="picker"><input className="input" disabled aria-hidden /></span> });

/** Chooses one or several of many by typing. What it is made of comes with the first field that needs it: pages that only show are lighter by it. */
export const Picker = (props: PickerProps) => <PickerBox {...props} />;
