// Pictures of the application in both themes and at both widths: node e2e/shots.mjs FOLDER [NAME…]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { call, gateway, launch, signIn } from './browser.mjs';

const [folder = 'shots', ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await launch();
const ways = [
  { name: 'light', locale: 'en-GB', colorScheme: 'light' },
  { name: 'dark', locale: 'ru-RU', colorScheme: 'dark' },
  { name: 'phone', locale: 'en-GB', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { name: 'phone-dark', locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
];

const sections = ['members', 'roles', 'objects', 'pipelines', 'layouts', 'dictionaries', 'views', 'publishing', 'forms', 'theme', 'access', 'sessions', 'keys', 'imports', 'audit'];
// What a page asks for as soon as somebody goes to it, so that it is never answered, or refused.
const people = '**/api/v1/contacts/people?*';

for (const { name, ...way } of ways.filter((entry) => only.length === 0 || only.includes(entry.name))) {
  const { context, page, faults } = await signIn(browser, { email: 'alice@acme.example', ...way });
  const shot = async (what) => { await page.waitForLoadState('networkidle'); await page.screenshot({ path: join(folder, `${name}-${what}.png`) }); };
  const open = (path) => page.goto(`${gateway}/app${path}`, { waitUntil: 'networkidle' });
  const take = async (what, path) => { await open(path); await shot(what); };
  await take('home', '/');
  await page.locator('.topbar .button').last().click();
  await page.locator('.widgets.arranged').waitFor();
  await shot('home-arranged');
  for (const list of ['contacts.person', 'contacts.company', 'deals.deal', 'finance.invoice', 'contacts.lead']) await take(list, `/o/${list}`);
  await take('board', '/o/deals.deal?as=board');
  await take('calendar', '/o/deals.deal?as=calendar');
  for (const report of ['funnel', 'forecast']) await take(report, `/reports/${report}`);
  await take('duplicates', '/duplicates');
  await take('import', '/import?to=contacts.person');
  await take('jobs', '/jobs');
  for (const section of sections) await take(`settings-${section}`, `/settings/${section}`);
  await take('fields', '/settings/objects/contacts.person');
  await take('layout', '/settings/layouts/contacts.person');
  const first = async (path, list) => (await call(page, 'GET', path))[list][0];
  const person = await first('/api/v1/contacts/people?filter=company_id:*%20AND%20job_title:*&pageSize=1', 'people');
  if (person) {
    await take('record', `/o/contacts.person/${person.id}`);
    await take('company', `/o/contacts.company/${person.companyId}`);
  }
  const deal = await first('/api/v1/deals?pageSize=1', 'deals');
  if (deal) await take('deal', `/o/deals.deal/${deal.id}`);
  const invoice = await first('/api/v1/finance/invoices?pageSize=1', 'invoices');
  if (invoice) await take('invoice', `/o/finance.invoice/${invoice.id}`);
  await open('/o/contacts.person');
  await page.locator('.topbar .primary').click();
  await shot('create');
  await take('conditions', `/o/contacts.person?filter=${encodeURIComponent('job_title : "director"')}`);
  await take('fault', `/o/contacts.person?filter=${encodeURIComponent('job_title : "director" AND nme = "x"')}`);
  await take('none', '/o/contacts.person?q=zzzz');
  await take('missing', '/o/contacts.person/0190ac3e-0000-7000-8000-0000000000ff');
  await take('nowhere', '/no/such/page');
  await open('/o/contacts.person');
  if (way.viewport) await page.locator('.burger').click();
  else await page.locator('.user').click();
  await shot('menu');
  await open('/settings/sessions');
  await page.keyboard.press('Control+k');
  await page.locator('[role=dialog] input').waitFor();
  await shot('commands');
  // From another page of the application, so that the list is asked for by the browser and not by the server of the pages.
  for (const [what, answer] of [['loading', () => undefined], ['error', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"code":"UNAVAILABLE","detail":"The service is away: try again in a moment."}' })]]) {
    await open('/settings/sessions');
    await page.route(people, answer);
    if (way.viewport) await page.locator('.burger').click();
    await page.locator('.nav[href$="contacts.person"]').click();
    await page.waitForURL(/contacts\.person/);
    await page.locator(what === 'loading' ? '.skeleton' : '.fault-page, .blank, [role=alert]').first().waitFor();
    await page.screenshot({ path: join(folder, `${name}-${what}.png`) });
    await page.unroute(people);
  }
  for (const [what, path] of [['signup', '/signup'], ['kb', '/kb/acme'], ['article', '/kb/acme/connect-a-vehicle'], ['form', '/forms/acme/contact'], ['no-quote', '/q/none']]) {
    await page.goto(gateway + path);
    await page.screenshot({ path: join(folder, `${name}-public-${what}.png`) });
  }
  if (faults.length > 0) console.log(name, faults);
  await context.close();
}
await browser.close();
