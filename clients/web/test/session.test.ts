import { afterEach, describe, expect, it, vi } from 'vitest';
import { browserSession } from '../../api/src/session';
import { speak, upload } from '../src/api/api';

const answers = (...given: (() => Promise<Response>)[]) => {
  let asked = 0;
  const session = browserSession('http://platform', () => given[asked++]!());
  return { session, asked: () => asked };
};
const told = (csrfToken: string) => () => Promise.resolve(Response.json({ csrfToken }));

describe("the token of a browser's session", () => {
  it('is asked for once', async () => {
    const { session, asked } = answers(told('a'));
    expect([await session.forgeryToken(), await session.forgeryToken(), asked()]).toEqual(['a', 'a', 1]);
  });

  it('is asked for again after a question that failed', async () => {
    const { session } = answers(() => Promise.reject(new TypeError('offline')), () => Promise.resolve(new Response('', { status: 503 })), told('a'));
    await expect(session.forgeryToken()).rejects.toThrow('offline');
    expect([await session.forgeryToken(), await session.forgeryToken()]).toEqual(['', 'a']);
  });

  it('stays where an older question fails late', async () => {
    let fail: (fault: Error) => void = () => undefined;
    const { session, asked } = answers(() => new Promise((_resolve, reject) => (fail = reject)), told('b'));
    const old = session.forgeryToken();
    session.forget();
    const fresh = session.forgeryToken();
    fail(new Error('late'));
    await expect(old).rejects.toThrow('late');
    expect([await fresh, await session.forgeryToken(), asked()]).toEqual(['b', 'b', 2]);
  });
});

describe('a file that is sent', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('leads whoever has no session any more to the sign-in', async () => {
    const gone: string[] = [];
    // What is asked for by its path alone is asked of where the page came from.
    class FromHere extends Request {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        super(typeof input === 'string' ? new URL(input, 'http://platform') : input, init);
      }
    }
    vi.stubGlobal('Request', FromHere);
    vi.stubGlobal('location', { pathname: '/app/import', search: '?to=people', assign: (to: string) => gone.push(to) });
    vi.stubGlobal('fetch', (request: Request) => Promise.resolve(new URL(request.url).pathname === '/bff/user' ? Response.json({ csrfToken: 'a' }) : Response.json({ status: 401, code: 'UNAUTHENTICATED' }, { status: 401 })));
    speak('en');
    await expect(upload('/api/v1/contacts/imports', { query: {}, file: new Blob(['Name']), type: 'text/csv' }).next()).rejects.toMatchObject({ status: 401 });
    expect(gone).toEqual([`/bff/login?returnUrl=${encodeURIComponent('/app/import?to=people')}`]);
  });
});
