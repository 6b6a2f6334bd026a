// What a company shows to everybody: somebody without an account reads an article and fills in a form.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { barriers, call, gateway, goTo, launch, signIn, until } from './browser.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

const ways = [
  { name: 'English, light, desktop', locale: 'en-GB', colorScheme: 'light', words: { search: 'Search the articles', needed: 'This is needed.', thanks: 'Thank you' } },
  { name: 'Russian, dark, phone', locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 }, words: { search: 'Поиск по статьям', needed: 'Это нужно заполнить.', thanks: 'Спасибо' } },
];

test('a company publishes an article and a form, and anybody reads and fills in', async () => {
  const { context, page } = await signIn(browser, { email: 'greg@globex.example', locale: 'en-GB', colorScheme: 'light' });
  const api = (method, path, body) => call(page, method, path, body);
  const mark = Math.random().toString(36).slice(2, 10);
  const resource = `records.note_${mark}`;
  const object = await api('POST', '/api/v1/metadata/objects', { key: `note_${mark}`, pluralKey: `notes_${mark}`, label: 'Note', pluralLabel: `Help ${mark}` });
  for (const [key, type, more] of [['slug', 'TEXT', { unique: true }], ['open', 'BOOLEAN', {}], ['body', 'LONG_TEXT', {}]]) await api('POST', '/api/v1/metadata/fields', { resource, key, label: key, type: `FIELD_TYPE_${type}`, ...more });
  const write = (slug, open) => api('POST', `/api/v1/objects/notes_${mark}`, { name: `Title ${slug} ${mark}`, customFields: { slug: `${slug}-${mark}`, open, body: `# Hello\n\nThis is **bold**, and <script>alert(1)</script> is text.` } });
  const article = `${gateway}/kb/globex/hello-${mark}`;
  try {
    // Which fields fit is found by their types.
    await goTo(page, '/settings/publishing');
    const fitting = page.locator('.sheet-page form select');
    await fitting.first().selectOption(object.id);
    assert.deepEqual(await fitting.evaluateAll((selects) => selects.slice(1).map((select) => select.value)), ['slug', 'open', 'body', '', '']);
    assert.deepEqual(await barriers(page), [], 'what becomes public');
    await page.locator('.sheet-page form .primary').click();
    await page.locator('.pair', { hasText: mark }).getByRole('link', { name: 'Look at it' }).waitFor();
    // The owner of the records hears of new fields a moment later.
    await until('fields', () => write('hello', true).then(() => true, () => false));
    await write('draft', false);
    const form = await api('POST', '/api/v1/contacts/lead-forms', { slug: `ask-${mark}`, title: 'Ask us', source: mark, open: true, fields: [{ path: 'last_name', required: true }, { path: 'email' }], consents: [{ key: 'privacy', text: 'Keep it.', required: true }] });
    await until('the knowledge base', async () => (await fetch(article)).ok);

    for (const { name, words, ...way } of ways) {
      const anybody = await browser.newContext({ ...way, reducedMotion: 'reduce' });
      const visit = await anybody.newPage();
      const faults = [];
      visit.on('console', (message) => message.type() === 'error' && !/status of 4\d\d/.test(message.text()) && faults.push(message.text()));
      visit.on('request', (request) => new URL(request.url()).origin === new URL(gateway).origin || faults.push(`asked ${request.url()}`));
      const noBarriers = async (where) => assert.deepEqual(await barriers(visit), [], `${name}: ${where}`);
      await visit.goto(`${gateway}/kb/globex`);
      await visit.getByPlaceholder(words.search).waitFor();
      const ours = visit.locator('.articles li', { hasText: mark });
      assert.equal(await ours.count(), 1);
      await noBarriers('the list');
      await ours.locator('a').click();
      await visit.locator('.text strong', { hasText: 'bold' }).waitFor();
      assert.equal(await visit.locator('.text script').count(), 0);
      assert.equal(await visit.locator('link[rel=canonical]').getAttribute('href'), article);
      await noBarriers('an article');
      assert.equal((await visit.goto(`${gateway}/kb/globex/draft-${mark}`)).status(), 404);
      await noBarriers('no page');
      await visit.goto(gateway + form.path);
      const opened = Date.now();
      await visit.locator('button.main').click();
      await visit.locator('.fault', { hasText: words.needed }).first().waitFor();
      await noBarriers('what is missing');
      await visit.fill('input[name="values.last_name"]', `Reader ${mark} ${name}`);
      await visit.check('input[name="consents.privacy"]');
      // A form that was opened less than two seconds ago was filled in by a machine.
      await until('two seconds', () => Date.now() - opened > 2_000);
      await visit.locator('button.main').click();
      const thanked = visit.locator('.blank h1');
      await thanked.waitFor();
      assert.equal(await thanked.innerText(), words.thanks);
      await noBarriers('thanks');
      assert.deepEqual(faults, []);
      await anybody.close();
    }
    const { leads } = await api('GET', `/api/v1/contacts/leads?filter=${encodeURIComponent(`source = "${mark}"`)}`);
    assert.equal(leads.length, ways.length);
  } finally {
    // What is published is seen by everybody, and by the next run.
    await api('PATCH', `/api/v1/metadata/objects/${object.id}?updateMask=publication`, {});
    await until('gone', async () => (await fetch(article)).status === 404);
  }
  await context.close();
});
