// Bytes of JavaScript of each page as a browser without a cache loads it, compressed: node e2e/weigh.mjs
import { gateway, launch, signIn } from './browser.mjs';

const most = 300 * 1024;
const browser = await launch();
const first = await signIn(browser, { email: 'alice@acme.example', locale: 'en-GB', colorScheme: 'light' });
const cookies = await first.context.cookies();
const { person, deal } = await first.page.evaluate(async () => ({
  person: (await (await fetch('/api/v1/contacts/people?pageSize=1')).json()).people[0]?.id, deal: (await (await fetch('/api/v1/deals?pageSize=1')).json()).deals[0]?.id,
}));
let heavy = 0;
for (const path of ['/o/contacts.person', `/o/contacts.person/${person}`, '/o/deals.deal?as=board', `/o/deals.deal/${deal}`, '/reports/funnel', '/reports/forecast', '/import', '/duplicates', '/settings/members', '/settings/objects/deals.deal', '/settings/roles', '/settings/pipelines', '/settings/audit']) {
  const context = await browser.newContext({ locale: 'en-GB' });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const scripts = new Set();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => scripts.has(requestId) && (bytes += encodedDataLength));
  await page.goto(`${gateway}/app${path}`, { waitUntil: 'networkidle' });
  console.log(`${(bytes / 1024).toFixed(0).padStart(4)} KB  ${path.replace(/[0-9a-f-]{36}/, '…')}`);
  if (bytes > most) heavy++;
  await context.close();
}
await browser.close();
process.exitCode = heavy > 0 ? 1 : 0;
