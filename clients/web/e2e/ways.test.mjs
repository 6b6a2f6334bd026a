// What people have chosen and written stays what it is, whichever way they go on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, gateway, goTo, launch, reload, signIn } from './browser.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

const alice = { email: 'alice@acme.example', locale: 'en-GB', colorScheme: 'dark' };

test('who wears what the system wears still does in another language', async () => {
  const { context, page } = await signIn(browser, alice);
  await context.addCookies([{ name: 'platform.theme', value: 'light', url: `${gateway}/app` }]);
  await reload(page);
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await theme(), 'light');
  const choose = async (name) => {
    await page.locator('.user').click();
    await page.locator('[role=menuitemradio]', { hasText: name }).click();
    await page.keyboard.press('Escape');
  };
  await choose('System');
  await page.locator('html[data-theme=dark]').waitFor();
  await choose('Русский');
  await page.locator('html[lang=ru]').waitFor();
  await page.locator('h1', { hasText: /\p{Script=Cyrillic}/u }).waitFor();
  assert.equal(await theme(), 'dark');
  await context.close();
});

// The page listens as soon as its scripts have come, which nobody sees.
async function commands(page) {
  const input = page.locator('[role=dialog] input');
  for (let tries = 0; tries < 12; tries++) {
    await page.keyboard.press('Control+k');
    if (await input.waitFor({ timeout: 5000 }).then(() => true, () => false)) return input;
  }
  return assert.fail('The commands do not open.');
}

test('the search box shows what the address says, and does not write over it', async () => {
  const { context, page } = await signIn(browser, alice);
  await goTo(page, '/o/contacts.person');
  const box = page.locator('.search input');
  await page.locator('.line.data').first().waitFor();
  await commands(page);
  await page.keyboard.press('Escape');
  await box.fill('first');
  await page.waitForURL(/q=first/);
  await (await commands(page)).fill('second');
  await page.locator('[cmdk-item]', { hasText: 'People' }).last().click();
  await page.waitForURL(/q=second/);
  await page.waitForFunction(() => document.querySelector('.search input').value === 'second');
  await page.goBack();
  await page.waitForURL(/q=first/);
  await page.waitForFunction(() => document.querySelector('.search input').value === 'first');
  // Longer than the box waits before it writes.
  await assert.rejects(page.waitForURL((url) => url.searchParams.get('q') !== 'first', { timeout: 1000 }), { name: 'TimeoutError' });
  await context.close();
});

test('conditions are those of the address after the way back', async () => {
  const { context, page } = await signIn(browser, alice);
  const conditions = () => page.locator('.condition input').evaluateAll((inputs) => inputs.map((input) => input.value));
  await goTo(page, `/o/contacts.person?filter=${encodeURIComponent('last_name : "one"')}`);
  await page.locator('.condition input').waitFor();
  assert.deepEqual(await conditions(), ['one']);
  await commands(page);
  await page.keyboard.press('Escape');
  // As a link within the application does it.
  await page.evaluate(() => history.pushState(null, '', `${location.pathname}?filter=${encodeURIComponent('last_name : "two"')}`));
  await page.waitForFunction(() => document.querySelector('.condition input').value === 'two');
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('.condition input').value === 'one');
  await context.close();
});

test('a refused change is told of to who has gone on', async () => {
  const { context, page } = await signIn(browser, alice);
  const person = await call(page, 'POST', '/api/v1/contacts/people', { lastName: `Gone${Date.now().toString(36)}` });
  await goTo(page, `/o/contacts.person/${person.id}`);
  const email = page.locator('.field', { has: page.locator('dt', { hasText: /^E-?mail/i }) });
  await email.locator('.edit').click();
  await email.locator('.editing').waitFor();
  await page.keyboard.type('nowhere');
  let go;
  const gone = new Promise((resolve) => (go = resolve));
  await page.route(/\/people\/[^/]*\?updateMask/, async (route) => {
    await gone;
    await route.continue();
  });
  await page.keyboard.press('Enter');
  await page.locator('.crumb').click();
  await page.locator('.line.data').first().waitFor();
  go();
  await page.locator('.notice.bad').waitFor();
  await context.close();
});
