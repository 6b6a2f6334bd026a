// What stands in a page before any script has run: the records, in the language and the colours that were chosen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, gateway, launch, signIn } from './browser.mjs';

test('the server draws the whole page, as this browser likes it', async () => {
  const browser = await launch();
  try {
    const { context, page } = await signIn(browser, { email: 'alice@acme.example', locale: 'en-GB', colorScheme: 'light' });
    const { id } = await call(page, 'POST', '/api/v1/contacts/people', { firstName: 'Pia', lastName: 'Drawn' });
    const cookies = await context.cookies();
    await context.close();
    const chosen = Object.entries({ language: 'ru', theme: 'dark', zone: 'Asia/Tokyo' }).map(([name, value]) => ({ name: `platform.${name}`, value, url: `${gateway}/app` }));
    const plain = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB', colorScheme: 'light' });
    await plain.addCookies([...cookies.filter((cookie) => !cookie.name.startsWith('platform.')), ...chosen]);
    const shown = await plain.newPage();
    const answer = await shown.goto(`${gateway}/app/o/contacts.person`);
    const html = shown.locator('html');
    assert.deepEqual([await html.getAttribute('lang'), await html.getAttribute('data-theme')], ['ru', 'dark']);
    await shown.locator('.line.data', { hasText: 'Pia Drawn' }).first().waitFor();
    assert.match(await shown.locator('h1').innerText(), /\p{Script=Cyrillic}/u);
    assert.match(await shown.title(), / · Platform$/);
    await shown.goto(`${gateway}/app/o/contacts.person/${id}`);
    await shown.locator('h1', { hasText: 'Pia Drawn' }).waitFor();

    // A nonce a page, and no script without it.
    const policies = [answer, await shown.reload()].map((response) => response.headers()['content-security-policy']);
    assert.notEqual(policies[0], policies[1]);
    for (const policy of policies) assert.match(policy, /script-src 'self' 'nonce-[\w+/=]{24}' 'strict-dynamic';/);
    assert.ok(!/script-src[^;]*unsafe|https?:/.test(policies[0]), policies[0]);
    const scripts = await shown.locator('script:not([nonce])').count();
    assert.equal(scripts, 0);
  } finally {
    await browser.close();
  }
});
