// A person's way through the application over the running stack, in English by day and in Russian by night.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { barriers, call, gateway, goTo, launch, reload, signIn } from './browser.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

const ways = [
  { name: 'English, light, desktop', locale: 'en-GB', colorScheme: 'light', words: { empty: /Empty/, conflict: /has changed this record meanwhile/, fault: /^At character 1/ } },
  { name: 'Russian, dark, phone', locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 }, words: { empty: /Пусто/, conflict: /изменил эту запись/, fault: /^Знак 1/ } },
];

for (const { name, words, ...way } of ways)
  test(`Alice works with people and an object that is a minute old: ${name}`, async () => {
    const { context, page, faults } = await signIn(browser, { email: 'alice@acme.example', ...way });
    const language = way.locale.slice(0, 2);
    const phone = way.viewport !== undefined;
    const openMenu = async () => phone && (await page.locator('.burger').click());
    const field = (label) => page.locator('.form-field', { hasText: label }).locator('input, select, textarea').first();
    const noBarriers = async (where) => assert.deepEqual(await barriers(page), [], where);
    assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme]), [language, way.colorScheme]);

    const people = await call(page, 'GET', `/api/v1/metadata/resources/contacts.person?language=${language}`);
    const label = (path) => people.fields.find((entry) => entry.path === path).label;
    await page.locator('h1', { hasText: people.pluralLabel }).waitFor();
    await page.locator('.line.data, .blank').first().waitFor();
    await noBarriers('the list');

    // A new person.
    const surname = `Tour${Date.now().toString(36)}`;
    await page.locator('.topbar .primary').click();
    await field(label('last_name')).fill(surname);
    await noBarriers('the form');
    await page.locator('.form footer .primary').click();
    await page.waitForURL(/contacts\.person\/[0-9a-f-]{36}$/);
    await page.locator('h1', { hasText: surname }).waitFor();

    // A field is changed where it stands, and stays so.
    const row = (path) => page.locator('.field').filter({ has: page.locator('dt', { hasText: new RegExp(`^${label(path)}$`) }) });
    await row('job_title').locator('.edit').click();
    await row('job_title').locator('.editing').waitFor();
    await page.keyboard.type('Director');
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await page.keyboard.press('Enter');
    await row('job_title').locator('.value', { hasText: 'Director' }).waitFor();
    assert.equal((await saved).status(), 200);
    const id = page.url().split('/').at(-1);
    await reload(page);
    await row('job_title').locator('.value', { hasText: 'Director' }).waitFor();
    await row('phone').locator('.nothing', { hasText: words.empty }).waitFor();
    await noBarriers('the record');

    // What somebody else has changed meanwhile is not written over, and not shown under the hands of whoever writes.
    await row('job_title').locator('.edit').click();
    await row('job_title').locator('.editing').waitFor();
    await call(page, 'PATCH', `/api/v1/contacts/people/${id}?updateMask=jobTitle`, { jobTitle: 'Chair' });
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Clerk');
    await page.keyboard.press('Enter');
    await page.locator('.notice.bad', { hasText: words.conflict }).waitFor();
    await row('job_title').locator('.value', { hasText: 'Chair' }).waitFor();

    // A note stands on the timeline.
    await page.locator('.note textarea').fill(`Called ${surname}`);
    await page.locator('.note .primary').click();
    await page.locator('.timeline li', { hasText: `Called ${surname}` }).waitFor();

    // The list finds the person by name and by filter, and tells where a filter is wrong.
    await goTo(page, `/o/contacts.person?filter=${encodeURIComponent(`last_name = "${surname}"`)}`);
    await page.locator('.line.data', { hasText: surname }).waitFor();
    assert.equal(await page.locator('.line.data').count(), 1);
    await noBarriers('conditions');
    await page.locator('.builder-foot .button').last().click();
    // The conditions have inputs as well, and stay until the form that takes their place has come.
    const written = page.locator('form#filter input');
    await written.fill('nme = "x"');
    await written.press('Enter');
    await page.locator('.filter-fault p', { hasText: words.fault }).waitFor();
    assert.equal(await page.locator('.filter-fault mark').innerText(), 'nme');
    await noBarriers('a wrong filter');

    // An object of the company's own, without a line of code.
    const key = `tour_${Math.random().toString(36).slice(2, 10)}`;
    await call(page, 'POST', '/api/v1/metadata/objects', { key, pluralKey: `${key}s`, label: `Machine ${key}`, pluralLabel: `Machines ${key}` });
    await call(page, 'POST', '/api/v1/metadata/fields', { resource: `records.${key}`, key: 'power', type: 'FIELD_TYPE_NUMBER', label: 'Power' });
    await reload(page);
    await openMenu();
    await page.locator('.nav', { hasText: `Machines ${key}` }).click();
    await page.locator('.blank').waitFor();
    await noBarriers('an empty list');
    await page.locator('.topbar .primary').click();
    await page.locator('.form-field input').first().fill('Press');
    await field('Power').fill('50');
    await page.locator('.form footer .primary').click();
    await page.locator('h1', { hasText: 'Press' }).waitFor();
    await page.locator('.field', { hasText: 'Power' }).locator('.value', { hasText: '50' }).waitFor();
    await page.locator('.timeline li').first().waitFor();
    await noBarriers('a record of an object');

    // Out again: the next page asks who it is.
    await openMenu();
    await page.locator('.user').click();
    await noBarriers('a menu');
    assert.deepEqual(faults, []);
    await page.locator('[role=menuitem]').last().click();
    await page.waitForURL((url) => !url.pathname.startsWith('/app'));
    await page.goto(`${gateway}/app`);
    await page.locator('input[name=password]').waitFor();
    await context.close();
  });
