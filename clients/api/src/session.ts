/** What a browser's page knows of its session, which the gateway keeps. */
export interface Session {
  /** What changes something carries it: proof that a page of this origin sends it. */
  forgeryToken(): Promise<string>;
  /** Asks anew at the next call. */
  forget(): void;
}

/** The session of this browser. Nobody signed in: an empty token, and the call says so itself. */
export function browserSession(baseUrl: string, fetch: (request: Request) => Promise<Response>): Session {
  let token: Promise<string> | undefined;
  const ask = async () => {
    const answer = await fetch(new Request(`${baseUrl}/bff/user`, { headers: { accept: 'application/json' } }));
    return answer.ok ? ((await answer.json()) as { csrfToken: string }).csrfToken : '';
  };
  // Only a token is kept: who could not be asked, or had none to give, is asked again by the next call.
  const keep = (asked: Promise<string>) => {
    const drop = () => {
      if (token === asked) token = undefined;
    };
    asked.then((given) => given === '' && drop(), drop);
    return asked;
  };
  return {
    forgeryToken: () => (token ??= keep(ask())),
    forget: () => (token = undefined),
  };
}
