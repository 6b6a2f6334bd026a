// The heaviest page of each kind is light, and nothing on it moves while it comes; node e2e/weigh.mjs tells of every page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, signIn } from './browser.mjs';
import { known } from './data.mjs';
import { mostMoved, mostScript, weigh } from './weight.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

test('pages are light and stand still', async () => {
  const { context, page } = await signIn(browser, { email: 'alice@acme.example', locale: 'en-GB', colorScheme: 'light', path: '/app/settings/sessions' });
  const [cookies, { company, deal }] = [await context.cookies(), await known(page)];
  for (const path of ['/app', '/app/o/contacts.person', '/app/o/deals.deal?as=board', '/app/o/deals.deal?as=calendar', '/app/reports/forecast', '/app/settings/members', '/app/settings/layouts', `/app/o/contacts.company/${company}`, `/app/o/deals.deal/${deal}`]) {
    const { script, shift, moved } = await weigh(browser, cookies, path);
    assert.ok(script > 100 * 1024 && script <= mostScript, `${path} loads ${(script / 1024).toFixed(0)} KB of scripts`);
    assert.ok(shift <= mostMoved, `${path} moves by ${shift}: ${moved.join('; ')}`);
  }
  await context.close();
});
