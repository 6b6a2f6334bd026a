'use client';

import { toldOf } from '../api/told';
import { Fault } from '../ui/Fault';

export default function Failed({ error }: { readonly error: Error }) {
  return <Fault told={toldOf(error)} />;
}
