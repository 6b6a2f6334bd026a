// How long people wait in a table of 100,000 records, from a key or a click to the next picture: node e2e/measure.mjs
import { call, launch, signIn, gateway } from './browser.mjs';

const [rows, most] = [100_000, 200];
const browser = await launch();
const { page } = await signIn(browser, { email: 'alice@acme.example', locale: 'en-GB', colorScheme: 'light' });
const [sample] = (await call(page, 'GET', '/api/v1/contacts/people?pageSize=1')).people;
const people = Array.from({ length: rows }, (_, i) => ({ ...sample, id: `0190ac3e-0000-7000-9000-${String(i).padStart(12, '0')}`, firstName: 'Ada', lastName: `Person ${i}`, email: `ada${i}@mail.example`, jobTitle: `Title ${i % 50}` }));
// The answer of a list that long is made here; everything else is the platform's.
const whole = JSON.stringify({ people });
await page.route('**/api/v1/contacts/people?*', (route) => route.fulfill({ contentType: 'application/json', body: whole }));
await page.route('**/api/v1/contacts/people/*', (route) => route.request().method() === 'PATCH' ? route.fulfill({ json: { ...people[0], ...route.request().postDataJSON() } }) : route.continue());
// From another page of the application, so that the list is asked for by the browser and not by the server of the pages.
await page.goto(`${gateway}/app/settings/sessions`);
await page.locator('.nav[href$="contacts.person"]').click();
await page.waitForFunction((count) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === String(count + 1), rows);
await page.evaluate(() => {
  globalThis.waits = [];
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (entry.interactionId > 0) globalThis.waits.push([entry.name, entry.duration]); }).observe({ type: 'event', durationThreshold: 16 });
});

let slow = 0;
async function measure(what, act) {
  await page.evaluate(() => (globalThis.waits.length = 0));
  await act();
  await page.waitForTimeout(300);
  const longest = await page.evaluate(() => Math.max(0, ...globalThis.waits.map(([, duration]) => duration)));
  console.log(`${longest > most ? '!' : ' '} ${String(longest).padStart(4)} ms  ${what}`);
  if (longest > most) slow++;
}
const cell = (row, column) => page.locator(`[data-row="${row}"][data-column="${column}"]`);
await measure('a click on a cell', () => cell(3, 1).click());
await measure('fifteen arrows', async () => { for (let i = 0; i < 15; i++) await page.keyboard.press(i % 2 ? 'ArrowRight' : 'ArrowDown'); });
await measure('to the last record', () => page.keyboard.press('Control+End'));
await measure('and back', () => page.keyboard.press('Control+Home'));
await measure('a page further', () => page.keyboard.press('PageDown'));
await measure('twenty records with Shift', async () => { for (let i = 0; i < 20; i++) await page.keyboard.press('Shift+ArrowDown'); });
await cell(5, 0).click({ position: { x: 4, y: 4 } });
const editable = await page.evaluate(() => [...document.querySelectorAll('[data-row="5"]')].findIndex((one) => one.getAttribute('aria-readonly') === 'false'));
await cell(5, editable).click();
await measure('a change: Enter, a word, Enter', async () => { await page.keyboard.press('F2'); await page.keyboard.type('word'); await page.keyboard.press('Enter'); });
await measure('the menu of columns', () => page.locator('.columns-button').click());
await measure('a column less', () => page.locator('.columns-menu input[type=checkbox]').first().click());
await page.keyboard.press('Escape');
await browser.close();
process.exitCode = slow > 0 ? 1 : 0;
