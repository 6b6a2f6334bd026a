// Every page as a browser without a cache loads it, through the gateway: compressed JavaScript and layout shift: node e2e/weigh.mjs
import { launch, signIn } from './browser.mjs';
import { mostScript, weigh } from './weight.mjs';

const browser = await launch();
const first = await signIn(browser, { email: 'alice@acme.example', locale: 'en-GB', colorScheme: 'light' });
const cookies = await first.context.cookies();
const { person, company, lead, deal, invoice } = await first.page.evaluate(async () => {
  const one = async (path, list) => (await (await fetch(`/api/v1/${path}?pageSize=1`)).json())[list]?.[0]?.id;
  return { person: await one('contacts/people', 'people'), company: await one('contacts/companies', 'companies'), lead: await one('contacts/leads', 'leads'), deal: await one('deals', 'deals'), invoice: await one('finance/invoices', 'invoices') };
});
const lists = ['contacts.person', 'contacts.company', 'contacts.lead', 'deals.deal', 'finance.invoice', 'contacts.activity'].map((name) => `/app/o/${name}`);
const records = [['contacts.person', person], ['contacts.company', company], ['contacts.lead', lead], ['deals.deal', deal], ['finance.invoice', invoice]].filter(([, id]) => id !== undefined).map(([name, id]) => `/app/o/${name}/${id}`);
const others = ['/app', '/app/o/deals.deal?as=board', '/app/o/deals.deal?as=calendar', '/app/reports/funnel', '/app/reports/forecast', '/app/import', '/app/duplicates'];
const settings = await first.page.evaluate(() => [...document.querySelectorAll('a[href^="/app/settings"]')].map((link) => link.getAttribute('href')));
const more = ['members', 'why', 'sessions', 'keys', 'audit', 'objects', 'objects/deals.deal', 'roles', 'pipelines', 'prices', 'views', 'layouts', 'layouts/deals.deal', 'dictionaries', 'theme', 'sign-in', 'imports'].map((section) => `/app/settings/${section}`);
const open = ['/kb/acme', '/kb/acme/connect-a-vehicle', '/forms/acme/contact'];
let faults = 0;
for (const path of new Set([...lists, ...records, ...others, ...settings, ...more, ...open])) {
  const { script, shift } = await weigh(browser, cookies, path);
  const bad = script > mostScript || shift > 0;
  console.log(`${bad ? '!' : ' '} ${(script / 1024).toFixed(0).padStart(4)} KB  shift ${shift.toFixed(3)}  ${path.replace(/[0-9a-f-]{36}/, '…')}`);
  if (bad) faults++;
}
await browser.close();
console.log(faults === 0 ? 'every page is light and stands still' : `${faults} pages are too heavy, or move`);
process.exitCode = faults > 0 ? 1 : 0;
