// Every page as a browser without a cache loads it, through the gateway: compressed JavaScript and layout shift: node e2e/weigh.mjs
import { launch, signIn } from './browser.mjs';
import { known } from './data.mjs';
import { pagesOf, publicPages } from './places.mjs';
import { mostMoved, mostScript, weigh } from './weight.mjs';

const browser = await launch();
const first = await signIn(browser, { email: 'alice@acme.example', locale: 'en-GB', colorScheme: 'light', path: '/app/settings/sessions' });
const cookies = await first.context.cookies();
const paths = [...pagesOf(await known(first.page)).map(([, path]) => `/app${path}`), ...publicPages.map(([, path]) => path)];
let faults = 0;
for (const path of new Set(paths)) {
  const { script, shift, moved } = await weigh(browser, cookies, path);
  const bad = script > mostScript || shift > mostMoved;
  console.log(`${bad ? '!' : ' '} ${(script / 1024).toFixed(0).padStart(4)} KB  shift ${shift.toFixed(4)}  ${path.replaceAll(/[0-9a-f-]{36}/g, '…')}${bad ? `  ${moved.join('; ')}` : ''}`);
  if (bad) faults++;
}
await browser.close();
console.log(faults === 0 ? 'every page is light and stands still' : `${faults} pages are too heavy, or move`);
process.exitCode = faults > 0 ? 1 : 0;
