import { describe, expect, it } from 'vitest';
import { browserSession } from '../../api/src/session';

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
