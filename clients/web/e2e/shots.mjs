// Pictures of every page, form and state in both themes and at both widths: node e2e/shots.mjs FOLDER [WAY…], of some of them with ONLY=board,quote
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gateway, goTo, launch, signIn } from './browser.mjs';
import { furnish, known, offer, settle } from './data.mjs';
import { formsOf, pagesOf, publicPages, sections } from './places.mjs';

const [folder = 'shots', ...only] = process.argv.slice(2);
const wanted = process.env.ONLY?.split(',');
const isWanted = (what) => wanted === undefined || wanted.some((part) => what.startsWith(part));
mkdirSync(folder, { recursive: true });
const browser = await launch();
const [alice, greg] = ['alice@acme.example', 'greg@globex.example'];
const phone = { viewport: { width: 390, height: 844 } };
const ways = [
  { name: 'light', locale: 'en-GB', colorScheme: 'light' },
  { name: 'dark', locale: 'ru-RU', colorScheme: 'dark' },
  { name: 'phone', locale: 'en-GB', colorScheme: 'light', ...phone },
  { name: 'phone-dark', locale: 'ru-RU', colorScheme: 'dark', ...phone },
];
let missed = 0;

/** Takes pictures in one way; one that does not come about is told of, and the others are taken. */
const camera = (name, page) => {
  const still = async (what) => page.screenshot({ path: join(folder, `${name}-${what}.png`) });
  const shot = async (what, path, open = async () => undefined) => {
    if (!isWanted(what)) return;
    try {
      await goTo(page, path);
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      await open(page);
      await page.waitForLoadState('networkidle');
      await still(what);
    } catch (fault) {
      missed++;
      console.log(`${name}-${what}: ${`${fault}`.split('\n')[0]}`);
      await still(`${what}-MISSED`);
    }
  };
  return { shot, still };
};

/** What a page looks like while it waits for the platform, and when the platform does not answer: it is gone to from another page, so that the browser asks and not the server of the pages. */
async function kept(page, { still }, name, ids) {
  const places = [['list', '/o/contacts.person'], ['board', '/o/deals.deal?as=board'], ['calendar', '/o/deals.deal?as=calendar'], ['record', `/o/contacts.company/${ids.company}`], ['funnel', '/reports/funnel'], ['home', '/'], ['members', '/settings/members'], ['jobs', '/jobs']];
  const down = { status: 503, contentType: 'application/problem+json', headers: { 'x-request-id': '4f0c2a9d1b7e4c55' }, body: '{"code":"UNAVAILABLE","detail":"The service is away: try again in a moment."}' };
  const answers = [['loading', () => undefined], ['error', (route) => route.fulfill(down)]];
  for (const [place, path] of places) {
    for (const [what, answer] of answers.filter(([kind]) => isWanted(`${kind}-${place}`))) {
      await goTo(page, '/settings/sessions');
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      await page.route('**/api/v1/**', answer);
      await page.evaluate((to) => globalThis.next.router.push(to), path);
      const seen = page.locator(what === 'loading' ? '.skeleton, .bone' : '.blank, .widget [role=alert]').first();
      if (!(await seen.waitFor({ timeout: 10_000 }).then(() => true, () => false))) {
        missed++;
        console.log(`${name}-${what}-${place} is not seen`);
      }
      await still(`${what}-${place}`);
      await page.unroute('**/api/v1/**');
    }
  }
}

/** A company in which nobody has done anything yet. */
async function nothing(name, way) {
  const { context, page } = await signIn(browser, { email: greg, ...way, path: '/app/settings/sessions' });
  const { shot } = camera(name, page);
  for (const list of ['contacts.person', 'contacts.company', 'contacts.lead', 'deals.deal', 'finance.invoice']) await shot(`empty-${list}`, `/o/${list}`);
  for (const [what, path] of [['home', '/'], ['board', '/o/deals.deal?as=board'], ['calendar', '/o/deals.deal?as=calendar'], ['funnel', '/reports/funnel'], ['forecast', '/reports/forecast'], ['duplicates', '/duplicates'], ['jobs', '/jobs']]) await shot(`empty-${what}`, path);
  for (const section of sections) await shot(`empty-settings-${section}`, `/settings/${section}`);
  await context.close();
}

const made = await signIn(browser, { email: alice, ...ways[0], path: '/app/settings/sessions' });
const machine = await furnish(made.page);
await settle(made.page);
const offered = await offer(made.page);
const ids = { ...(await known(made.page)), machine, offer: offered.deal };
await made.context.close();

for (const { name, ...way } of ways.filter((entry) => only.length === 0 || only.includes(entry.name))) {
  const { context, page, faults } = await signIn(browser, { email: alice, ...way, path: '/app/settings/sessions' });
  const taken = camera(name, page);
  for (const [what, path, open] of [...pagesOf(ids), ...formsOf(ids, way.viewport !== undefined)]) await taken.shot(what, path, open);
  if (faults.length > 0) console.log(name, [...new Set(faults)]);
  await kept(page, taken, name, ids);
  await nothing(name, way);
  for (const [what, path] of [...publicPages, ['quote', offered.link]].filter(([entry]) => isWanted(`public-${entry}`))) {
    await page.goto(new URL(path, gateway).href, { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(folder, `${name}-public-${what}.png`), fullPage: true });
  }
  await context.close();
  const stranger = await browser.newContext(way);
  const theirs = await stranger.newPage();
  if (isWanted('public-sign-in')) {
    await theirs.goto(`${gateway}/app`, { waitUntil: 'networkidle' });
    await theirs.screenshot({ path: join(folder, `${name}-public-sign-in.png`) });
  }
  await stranger.close();
}
await browser.close();
process.exitCode = missed > 0 ? 1 : 0;
