'use client';

import { useEffect } from 'react';
import { signIn } from '../api/api';
import { Skeleton } from '../shell/Skeleton';

/** The session has ended between the gateway's look at it and the page's: to the sign-in, and back. */
export function SignInAgain() {
  useEffect(signIn, []);
  return <Skeleton />;
}
