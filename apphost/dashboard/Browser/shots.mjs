// Pictures of every page of a running stack's dashboard, in both themes, and what keeps people from using them:
//   node apphost/dashboard/Browser/shots.mjs ADDRESS FOLDER
// ADDRESS is the one with the token, as `ps` prints it. Exits with 1 when a page has a barrier (axe, WCAG 2.2 A and AA), asks another
// host, or complains in the browser's console.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
// The browser and axe are those of the web application's tests.
import { barriers, launch } from '../../../clients/web/e2e/browser.mjs';

const [address, folder] = process.argv.slice(2);
const origin = new URL(address).origin;
mkdirSync(folder, { recursive: true });

const first = async (page, path, selector) => {
  await page.goto(origin + path);
  return (await page.locator(selector).count()) > 0 ? page.locator(selector).first().getAttribute('href') : null;
};

/** Each page with what is done on it before its picture is taken. */
async function* pages(page) {
  yield ['resources', '/'];
  yield ['resource', '/resources/finance'];
  const command = await first(page, '/resources/finance', 'a.button[href*="/command?"]');
  if (command) yield ['command', command];
  const missing = await first(page, '/', '.missing a.button');
  if (missing) yield ['parameter', missing];
  yield ['graph', '/graph'];
  yield ['console', '/console'];
  yield ['logs', '/logs', () => page.locator('.logs summary').first().click({ timeout: 2000 }).catch(() => {})];
  yield ['traces', '/traces'];
  const trace = await page.evaluate(() => [...document.querySelectorAll('tbody tr')].map((row) => ({ href: row.querySelector('a').getAttribute('href'), parts: row.querySelectorAll('.part').length }))
    .sort((one, other) => other.parts - one.parts)[0]?.href);
  if (trace) yield ['trace', trace, () => page.locator('.span > summary').nth(1).click({ timeout: 2000 }).catch(() => {})];
  yield ['metrics', '/metrics?resource=contacts'];
  yield ['dapr', '/dapr'];
  yield ['workflows', '/workflows'];
  const workflow = await first(page, '/workflows?q=QuoteToCash', 'tbody a') ?? await first(page, '/workflows', 'tbody a');
  if (workflow) yield ['workflow', workflow, () => page.locator('.step:has(.detail.bad) summary').first().click({ timeout: 2000 }).catch(() => {})];
  yield ['mail', '/mail'];
}

let faults = 0;
const complain = (...words) => { faults += 1; console.log(...words); };
const browser = await launch();
for (const theme of ['light', 'dark']) {
  const context = await browser.newContext({ colorScheme: theme, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('pageerror', (fault) => complain(theme, page.url(), `${fault}`));
  page.on('console', (message) => message.type() === 'error' && complain(theme, page.url(), message.text()));
  page.on('request', (request) => new URL(request.url()).origin === origin || complain(theme, page.url(), `asked ${request.url()}`));
  await page.goto(address);
  for await (const [name, path, before] of pages(page)) {
    await page.goto(origin + path);
    const paint = await page.evaluate(() => Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0));
    await before?.();
    await page.evaluate(() => globalThis.scrollTo(0, 0));
    await page.screenshot({ path: join(folder, `dashboard-${name}${theme === 'dark' ? '-dark' : ''}.png`) });
    for (const barrier of await barriers(page)) complain(theme, name, barrier);
    console.log(theme, name, `first paint after ${paint} ms`);
  }
  await context.close();
}
await browser.close();
process.exit(faults > 0 ? 1 : 0);
