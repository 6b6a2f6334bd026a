// A file becomes people: what its columns mean, what is wrong with its rows, and then all that is right.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { barriers, call, goTo, launch, signIn } from './browser.mjs';
import { workbook } from './workbook.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

const ways = [
  { name: 'English, light, desktop', locale: 'en-GB', colorScheme: 'light' },
  { name: 'Russian, dark, phone', locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
];

for (const { name, ...way } of ways)
  test(`Alice imports people from a file: ${name}`, async () => {
    const { context, page, faults } = await signIn(browser, { email: 'alice@acme.example', ...way });
    const shot = async (what) => {
      if (process.env.SHOTS === undefined) return;
      mkdirSync(process.env.SHOTS, { recursive: true });
      await page.screenshot({ path: join(process.env.SHOTS, `${way.colorScheme}-import-${what}.png`) });
    };
    const surname = `Import${Date.now().toString(36)}`;
    const rows = Array.from({ length: 40 }, (_, index) => `Ann${index},${surname},ann${index}.${surname}@people.example,Buyer,x${index}`);
    const text = ['First name,Last name,Mail address,Beschäftigung,Shoe size', ...rows, `Bad,${surname},nowhere,Clerk,x`, `"=1+1, quoted",${surname},also nowhere,Clerk,x`].join('\n');

    await goTo(page, '/o/contacts.person');
    await page.locator('.topbar a.button').click();
    await page.locator('.kinds input:checked').waitFor({ state: 'attached' });
    assert.deepEqual(await barriers(page), [], 'the choice of a file');
    await shot('file');
    await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

    // What nobody knows is left out, until it is said what it means.
    const meaning = (header) => page.locator('.grid tr', { has: page.locator('th', { hasText: header }) }).locator('select');
    await page.locator('.actions .primary:not([disabled])').waitFor();
    const chosen = (header) => meaning(header).evaluate((select) => [select.value, select.selectedOptions[0].text]);
    assert.equal((await chosen('First name'))[0], 'firstName');
    const [byItself, leftOut] = [(await chosen('Mail address'))[1], (await chosen('Beschäftigung'))[1]];
    assert.notEqual(byItself, leftOut);
    assert.equal((await chosen('Shoe size'))[1], leftOut);
    await meaning('Beschäftigung').selectOption('jobTitle');
    assert.deepEqual(await barriers(page), [], 'the columns');
    await shot('columns');

    // Tried first: nothing is kept.
    await page.locator('.actions .primary').click();
    await page.locator('.grid tbody tr').nth(1).waitFor();
    assert.equal(await page.locator('.grid tbody tr').count(), 2);
    assert.match(await page.locator('.grid tbody tr').first().innerText(), /42[^]*Mail address[^]*INVALID_EMAIL[^]*nowhere/);
    const { people: none } = await call(page, 'GET', `/api/v1/contacts/people?filter=${encodeURIComponent(`last_name = "${surname}"`)}`);
    assert.equal(none.length, 0);
    assert.deepEqual(await barriers(page), [], 'the check');
    await shot('check');
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.sheet-page section .button').first().click()]);
    const file = await readFile(await download.path(), 'utf8');
    assert.deepEqual(file.split('\r\n').slice(0, 2).map((line) => line.slice(0, 40)), ['First name,Last name,Mail address,Beschäftigung'.slice(0, 40), `Bad,${surname},nowhere,Clerk,x,Mail address`.slice(0, 40)]);
    assert.match(file, /"'=1\+1, quoted"/);

    await page.locator('.actions .primary').click();
    await page.locator('a.primary').waitFor();
    assert.deepEqual(await barriers(page), [], 'what came of it');
    await shot('done');
    const { people } = await call(page, 'GET', `/api/v1/contacts/people?pageSize=100&filter=${encodeURIComponent(`last_name = "${surname}"`)}`);
    assert.deepEqual([people.length, new Set(people.map((person) => person.jobTitle)).size, people[0].jobTitle], [40, 1, 'Buyer']);

    // All of it is taken back, and the list of imports says so.
    const undo = page.locator('.actions .danger');
    await undo.click();
    await undo.click();
    await page.locator('.working', { hasText: /: |:\s/ }).filter({ hasNot: page.locator('progress') }).waitFor();
    const { people: gone } = await call(page, 'GET', `/api/v1/contacts/people?filter=${encodeURIComponent(`last_name = "${surname}"`)}`);
    assert.equal(gone.length, 0);
    assert.deepEqual(await barriers(page), [], 'what was taken back');
    await shot('undone');
    await goTo(page, '/import?to=contacts.person');
    await page.locator('.cards .pair .pill').first().waitFor();
    assert.deepEqual(await barriers(page), [], 'the list of imports');
    await shot('history');

    // A workbook of which no column is known: what each means is said by hand, beside its first values.
    const xlsx = workbook([['Wer', 'Wohin'], [`Ann ${surname}`, `ann.${surname}@people.example`], [`Bob ${surname}`, `bob.${surname}@people.example`]]);
    await page.locator('input[type=file]').setInputFiles({ name: 'people.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: xlsx });
    await page.locator('.mapping tr', { hasText: `Ann ${surname} · Bob ${surname}` }).waitFor();
    await page.locator('.warning').waitFor();
    await meaning('Wer').selectOption('lastName');
    await meaning('Wohin').selectOption('email');
    await page.locator('.warning').waitFor({ state: 'detached' });
    assert.deepEqual(await barriers(page), [], 'the columns of a workbook');
    await shot('workbook');
    await page.locator('.actions .primary:not([disabled])').click();
    await page.locator('.actions .primary', { hasText: '2' }).click();
    await page.locator('a.primary').waitFor();
    const { people: told } = await call(page, 'GET', `/api/v1/contacts/people?filter=${encodeURIComponent(`email : "${surname}"`)}`);
    assert.deepEqual(told.map((person) => person.lastName).toSorted(), [`Ann ${surname}`, `Bob ${surname}`]);

    // The settings have the same list of what was imported.
    await goTo(page, '/settings/imports');
    const latest = page.locator('.cards .pair').first();
    await latest.waitFor();
    assert.deepEqual(await barriers(page), [], 'the settings of imports');
    await shot('settings');
    assert.deepEqual(faults, []);
    await context.close();
  });
