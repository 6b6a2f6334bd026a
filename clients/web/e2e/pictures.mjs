// The pictures of the documentation, on the data of a fresh instance: node e2e/pictures.mjs ../../docs/images
import { join } from 'node:path';
import { gateway, launch, signIn } from './browser.mjs';
import { brand, from, furnish, offer } from './data.mjs';

const [folder = 'shots'] = process.argv.slice(2);
const browser = await launch();
const day = { email: 'alice@acme.example', locale: 'en-GB', colorScheme: 'light', viewport: { width: 1440, height: 900 } };
const night = { ...day, locale: 'ru-RU', colorScheme: 'dark' };

const { context, page } = await signIn(browser, day);

async function picture(of, name, path) {
  await of.goto(`${gateway}${path}`, { waitUntil: 'networkidle' });
  await of.screenshot({ path: join(folder, `web-${name}.png`) });
}

const id = await furnish(page);
await picture(page, 'home', '/app');
await picture(page, 'list', '/app/o/contacts.person?sort=last_name');
await picture(page, 'board', '/app/o/deals.deal?as=board');
await picture(page, 'calendar', '/app/o/deals.deal?as=calendar');
await picture(page, 'forecast', `/app/reports/forecast?from=${from(-35).slice(0, 7)}-01&to=${from(90)}`);
await picture(page, 'designer', '/app/settings/objects/records.machine');
const later = await signIn(browser, night);
await picture(later.page, 'record', `/app/o/records.machine/${id}`);
await later.context.close();
const pocket = await signIn(browser, { ...night, viewport: { width: 390, height: 844 } });
await picture(pocket.page, 'phone', '/app');
await pocket.context.close();
const { plain } = await brand(page);
const { link } = await offer(page);
const customer = await browser.newContext({ locale: 'en-GB', colorScheme: 'light', viewport: { width: 1100, height: 1000 } });
await picture(await customer.newPage(), 'quote', link);
await customer.close();
await plain();
await context.close();
await browser.close();
