// Who has to do with whom, and which company belongs to which, in English by day and in Russian by night.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { begin, call, goTo, launch, signIn } from './browser.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

const ways = [
  { name: 'English, light, desktop', locale: 'en-GB', colorScheme: 'light', words: { relations: 'Relations', group: 'Group of companies', undo: 'Undo' } },
  { name: 'Russian, dark, phone', locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 }, words: { relations: 'Связи', group: 'Группа компаний', undo: 'Вернуть' } },
];

for (const { name, words, ...way } of ways)
  test(`Alice relates a company to a person and to its parent: ${name}`, async () => {
    const { context, page, faults, look, open } = await begin(browser, way);
    const mark = Date.now().toString(36);
    const company = await call(page, 'POST', '/api/v1/contacts/companies', { name: `Subsidiary ${mark}`, otherEmails: [{ address: `the-billing-department-${mark}@mail.example`, label: 'billing' }], otherPhones: [{ number: '+49 30 12345678', label: 'mobile' }] });
    const parent = await call(page, 'POST', '/api/v1/contacts/companies', { name: `Holding ${mark}` });
    const person = await call(page, 'POST', '/api/v1/contacts/people', { lastName: `Books${mark}` });
    const section = (title) => page.locator(`.related[aria-label="${title}"]`);
    const dialog = page.locator('[role=dialog]');
    const pick = async (text) => {
      await dialog.locator('.picker input').fill(text);
      await page.locator('[role=option]', { hasText: text }).click();
    };
    await open(`/o/contacts.company/${company.id}`);

    // By keys alone: the person is found, and what each is to the other is said.
    await section(words.relations).locator('h2 button').press('Enter');
    await pick(person.lastName);
    await dialog.locator('input[list]').first().fill('Accountant');
    await dialog.locator('input[list]').last().fill('Client');
    await look('relation');
    await page.keyboard.press('Enter');
    const line = section(words.relations).locator('li', { hasText: person.lastName });
    await line.locator('small', { hasText: 'Accountant' }).waitFor();
    assert.deepEqual((await call(page, 'GET', `/api/v1/contacts/relations?companyId=${company.id}`)).relations.map(({ fromPersonId, toCompanyId, label, reverseLabel }) => [fromPersonId, toCompanyId, label, reverseLabel]), [[person.id, company.id, 'Accountant', 'Client']]);

    // It is called something else, goes, and comes back.
    await line.locator('button').first().click();
    await dialog.locator('input[list]').first().fill('Auditor');
    await page.keyboard.press('Enter');
    await line.locator('small', { hasText: 'Auditor' }).waitFor();
    await line.locator('button').last().click();
    await line.waitFor({ state: 'detached' });
    await page.locator('.notice button', { hasText: words.undo }).click();
    await line.locator('small', { hasText: 'Auditor' }).waitFor();

    // To whom the company belongs; a group has no loop.
    await section(words.group).locator('h2 button').first().click();
    await pick(parent.name);
    await dialog.locator('footer .primary').click();
    await section(words.group).locator('a', { hasText: parent.name }).waitFor();
    await look('hierarchy');
    await section(words.group).locator('a', { hasText: parent.name }).click();
    await page.locator('h1', { hasText: parent.name }).waitFor();
    await section(words.group).locator('h2 button').first().click();
    await pick(company.name);
    await dialog.locator('footer .primary').click();
    await dialog.locator('.fault').waitFor();
    await page.keyboard.press('Escape');
    await section(words.group).locator('li li button').click();
    await section(words.group).locator('a', { hasText: company.name }).waitFor({ state: 'detached' });
    assert.deepEqual(faults, []);
    await context.close();
  });

test('who may only look sees relations, and changes none', async () => {
  const alice = await signIn(browser, { email: 'alice@acme.example', locale: 'en-GB', colorScheme: 'light' });
  const [one, other] = [await call(alice.page, 'POST', '/api/v1/contacts/people', { lastName: 'Seen' }), await call(alice.page, 'POST', '/api/v1/contacts/people', { lastName: 'Sister' })];
  await call(alice.page, 'POST', '/api/v1/contacts/relations', { fromPersonId: one.id, toPersonId: other.id, label: 'Sister' });
  await alice.context.close();
  const { context, page } = await signIn(browser, { email: 'fiona@acme.example', locale: 'en-GB', colorScheme: 'light', path: `/app/o/contacts.person/${one.id}` });
  await page.locator('.related[aria-label=Relations] li', { hasText: 'Sister' }).waitFor();
  assert.equal(await page.locator('.related[aria-label=Relations] button').count(), 0);
  await context.close();
});

test('what is wrong with one of several e-mails is said at that one, and its phones are dialled in full', async () => {
  const { context, page } = await begin(browser, { locale: 'en-GB', colorScheme: 'light' });
  const mark = Date.now().toString(36);
  await goTo(page, '/o/contacts.person?new=1');
  const dialog = page.locator('[role=dialog]');
  const field = (label) => dialog.locator('.form-field', { has: page.locator(`label:text-is("${label}")`) });
  await field('Last name').locator('input').fill(`Several${mark}`);
  await field('E-mail').locator('input').fill(`one@${mark}.example`);
  const others = field('Other e-mails');
  for (const address of [`two@${mark}.example`, `ONE@${mark}.example`]) {
    await others.locator('.add').click();
    await others.locator('li').last().locator('input').first().fill(address);
  }
  await dialog.locator('footer .primary').click();
  const wrong = others.locator('li', { has: page.locator('.fault') });
  await wrong.waitFor();
  assert.deepEqual([await wrong.count(), await wrong.locator('input').first().inputValue(), await wrong.locator('input').first().getAttribute('aria-invalid')], [1, `ONE@${mark}.example`, 'true']);
  // The one before it goes, and it is still this one that is wrong.
  await others.locator('li').first().locator('button').click();
  await others.locator('li .fault').waitFor();
  await others.locator('li').first().locator('input').first().fill(`three@${mark}.example`);
  await others.locator('li .fault').waitFor({ state: 'detached' });
  await dialog.locator('footer .primary').click();
  await page.waitForURL(/contacts\.person\/[0-9a-f-]{36}$/);
  const id = page.url().split('/').at(-1);
  await call(page, 'PATCH', `/api/v1/contacts/people/${id}?updateMask=otherPhones,address`, { address: { country: 'DE' }, otherPhones: [{ number: '0171 2345678', label: 'mobile' }] });
  await page.locator('.point a[href="tel:+491712345678"]', { hasText: '0171 2345678' }).waitFor();
  await context.close();
});
