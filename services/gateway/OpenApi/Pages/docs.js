// Scalar writes some of its styles without the nonce that this page's policy asks for.
const { nonce } = document.currentScript.dataset;
const create = document.createElement.bind(document);
document.createElement = (name, options) => {
  const element = create(name, options);
  if (element instanceof HTMLStyleElement) element.nonce = nonce;
  return element;
};

// Calls that are tried here are made with the browser's session where somebody is signed in: what changes something carries the
// session's forgery token.
const send = window.fetch.bind(window);
const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

async function forgeryToken() {
  const answer = await send('/bff/user', { headers: { accept: 'application/json' } });
  return answer.ok ? (await answer.json()).csrfToken : undefined;
}

window.fetch = async (input, init) => {
  const request = new Request(input, init);
  const address = new URL(request.url);
  // Where no token was given, Scalar sends an empty one.
  if (request.headers.get('authorization')?.trim() === 'Bearer') request.headers.delete('authorization');
  if (address.origin !== location.origin || !address.pathname.startsWith('/api/') || safe.has(request.method) || request.headers.has('authorization'))
    return send(request);
  const token = await forgeryToken();
  if (token !== undefined) request.headers.set('X-CSRF-Token', token);
  return send(request);
};

// Nothing that leads away from here: no proxy, no fonts, no telemetry and no assistant of others.
document.addEventListener('DOMContentLoaded', () =>
  window.Scalar.createApiReference('#app', {
    url: '/openapi/v1.json',
    proxyUrl: '',
    withDefaultFonts: false,
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    hideClientButton: true,
    showDeveloperTools: 'never',
    persistAuth: false,
    documentDownloadType: 'direct',
  }),
);
