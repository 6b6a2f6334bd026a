import { NextResponse, type NextRequest } from 'next/server';

/** Scripts run that this answer names by its nonce, and what those load; nothing comes from or goes to another host. */
const policyOf = (nonce: string): string => [
  "default-src 'none'",
  `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
  `style-src 'self' 'nonce-${nonce}'`,
  // The server writes the places of rows into their attributes.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = policyOf(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  // Without any referrer browsers say on a form that they do not know its origin.
  response.headers.set('referrer-policy', 'same-origin');
  return response;
}

export const config = { matcher: ['/', '/((?!_next/static|health).*)'] };
