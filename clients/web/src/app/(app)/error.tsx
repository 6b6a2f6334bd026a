'use client';

import { toldOf } from '../../api/told';
import { Fault } from '../../ui/Fault';

/** A page that failed, within its frame: the menu goes on to work. */
export default function Failed({ error }: { readonly error: Error }) {
  return <Fault told={toldOf(error)} />;
}
