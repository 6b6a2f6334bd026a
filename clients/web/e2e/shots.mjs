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

for (const { name, ...way } of ways.filter((entry) => only.length === 0 || only.includes(entry.name))) {
  const { context, page, faults } = await signIn(browser, { email: 'alice@acme.example', ...way });
  const shot = async (what) => { await page.waitForLoadState('networkidle'); await page.screenshot({ path: join(folder, `${name}-${what}.png`) }); };
  const open = (path) => page.goto(`${gateway}/app/o/${path}`, { waitUntil: 'networkidle' });
  for (const list of ['contacts.person', 'contacts.company', 'deals.deal', 'finance.invoice', 'contacts.lead']) {
    await open(list);
    await shot(list);
  }
  const { people } = await call(page, 'GET', '/api/v1/contacts/people?filter=company_id:*%20AND%20job_title:*&pageSize=1');
  if (people[0]) { await open(`contacts.person/${people[0].id}`); await shot('record'); await open(`contacts.company/${people[0].companyId}`); await shot('company'); }
  await open('contacts.person');
  await page.locator('.topbar .primary').click();
  await shot('create');
  await open(`contacts.person?filter=${encodeURIComponent('job_title : "director" AND nme = "x"')}`);
  await shot('fault');
  await open('contacts.person?q=zzzz');
  await shot('none');
  await open('contacts.person/0190ac3e-0000-7000-8000-0000000000ff');
  await shot('missing');
  if (way.viewport) { await open('contacts.person'); await page.locator('.burger').click(); await shot('menu'); }
  else { await page.locator('.user').click(); await shot('menu'); }
  if (faults.length > 0) console.log(name, faults);
  await context.close();
}
await browser.close();
