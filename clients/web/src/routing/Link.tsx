import NextLink from 'next/link';
import type { ComponentProps } from 'react';

/** A link within the application. Nothing is fetched before it is followed: a list has hundreds of them. */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
