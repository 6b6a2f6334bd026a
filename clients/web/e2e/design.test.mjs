// Who administers the company shapes it: a field with the designer, which is in the list and the form at once; and a quote that a customer accepts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { begin, call, launch, reload, until } from './browser.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

const ways = {
  day: { locale: 'en-GB', colorScheme: 'light' },
  night: { locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
};

/** As a hand does it: a drag begins, and arrives by steps above the middle of where it goes. */
async function drag(page, handle, goal, over) {
  await handle.scrollIntoViewIfNeeded();
  await goal.scrollIntoViewIfNeeded();
  const [from, to] = [await handle.boundingBox(), await goal.boundingBox()];
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 4, from.y + from.height / 2 + 4, { steps: 4 });
  await page.mouse.move(to.x + 60, to.y + to.height / 4, { steps: 8 });
  await page.locator(over).first().waitFor();
  await page.mouse.up();
}

test('Alice designs a field, and it is in the list and the form without a reload', async () => {
  const { context, page, faults, look, open } = await begin(browser, ways.day);
  const stamp = Date.now().toString(36);
  const object = await call(page, 'POST', '/api/v1/metadata/objects', { key: `kiln_${stamp}`, pluralKey: `kilns_${stamp}`, label: `Kiln ${stamp}`, pluralLabel: `Kilns ${stamp}` });
  await call(page, 'POST', '/api/v1/metadata/fields', { resource: object.resource, key: 'power', type: 'FIELD_TYPE_NUMBER', label: 'Power' });
  // The service of records hears of it a moment later.
  await until('the object is in use', () => call(page, 'POST', `/api/v1/objects/kilns_${stamp}`, { name: 'K 0', customFields: { power: 12 } }).then(() => true, () => false));
  await open('/settings/objects');
  await page.locator('.row-link', { hasText: `Kilns ${stamp}` }).click();
  await page.locator('.field-line', { hasText: 'Power' }).waitFor();

  // A choice, with its options; what the platform refuses stands where it is wrong.
  await page.locator('.sheet-page .primary').first().click();
  const dialog = page.locator('[role=dialog]');
  await look('field-types');
  await dialog.locator('.type', { hasText: 'One of a list' }).click();
  await dialog.getByLabel('Name', { exact: false }).first().fill('Heating');
  await dialog.locator('footer .primary').click();
  await dialog.locator('.fault').first().waitFor();
  await dialog.locator('.button.add').first().click();
  await page.keyboard.type('Gas');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Electric');
  await look('field-choice');
  await dialog.locator('footer .primary').click();
  await page.locator('.field-line', { hasText: 'Heating' }).waitFor();

  // A formula is looked at as it is written: what is wrong is marked, what was meant is taken.
  await page.locator('.sheet-page .primary').first().click();
  await dialog.locator('.type', { hasText: 'Formula' }).click();
  await dialog.getByLabel('Name', { exact: false }).first().fill('Double');
  const formula = dialog.locator('textarea[role=combobox]');
  await formula.fill('custom_fields.powr * 2');
  await dialog.locator('.filter-fault mark', { hasText: 'custom_fields.powr' }).waitFor();
  await dialog.locator('.formula-said .button').click();
  await dialog.locator('.formula-said .good').waitFor();
  await formula.fill('');
  await formula.pressSequentially('pow');
  await dialog.locator('.offers [aria-selected=true]', { hasText: 'custom_fields.power' }).waitFor();
  await page.keyboard.press('Enter');
  await formula.pressSequentially(' * 2');
  await dialog.locator('.formula-said .good').waitFor();
  // It is tried on the newest record as it is written, without being kept.
  const tried = dialog.locator('.formula-try output');
  await tried.filter({ hasText: /^24$/ }).waitFor();
  await formula.fill('1 / (custom_fields.power - 12)');
  await tried.filter({ hasText: 'divides by zero' }).waitFor();
  await formula.fill('custom_fields.power * 2');
  await tried.filter({ hasText: /^24$/ }).waitFor();
  await look('field-formula');
  await dialog.locator('footer .primary').click();
  await page.locator('.field-line', { hasText: 'Double' }).waitFor();
  // What is closed gives the focus back first.
  await dialog.waitFor({ state: 'detached' });

  // The order is changed with the keyboard.
  const names = () => page.locator('.field-line .as-text').allInnerTexts();
  assert.deepEqual(await names(), ['Power', 'Heating', 'Double']);
  await page.locator('.field-line', { hasText: 'Double' }).locator('.handle').focus();
  await page.keyboard.press('ArrowUp');
  await page.locator('.field-line:nth-child(2)', { hasText: 'Double' }).waitFor();
  await look('fields');

  // The list and the form have it, without a reload.
  await page.locator('.sheet-page a.button').click();
  await page.locator('.topbar .primary').click();
  await dialog.locator('.form-field', { hasText: 'Heating' }).locator('option', { hasText: 'Electric' }).waitFor({ state: 'attached' });
  await dialog.locator('.form-field input').first().fill('K 1');
  await dialog.locator('.form-field', { hasText: 'Power' }).locator('input').fill('21');
  await dialog.locator('.form-field', { hasText: 'Heating' }).locator('select').selectOption({ label: 'Electric' });
  await dialog.locator('footer .primary').click();
  await page.locator('.field', { has: page.locator('dt', { hasText: /^Double$/ }) }).locator('.value', { hasText: /^42$/ }).waitFor();
  await page.locator('.crumb').click();
  await page.locator('.table-head', { hasText: 'Heating' }).waitFor();
  await page.locator('.line.data', { hasText: 'Electric' }).waitFor();

  // A deleted field comes back.
  await open(`/settings/objects/${object.resource}`);
  await page.locator('.field-line', { hasText: 'Double' }).locator('[aria-haspopup=menu]').click();
  await page.locator('[role=menuitem]').last().click();
  await page.locator('.row-link.gone', { hasText: 'Double' }).locator('button').click();
  await page.locator('.field-line', { hasText: 'Double' }).waitFor();
  // What is closed gives the focus back first.
  await dialog.waitFor({ state: 'detached' });

  // A layout of the object, for large ones: its order is changed with the keyboard and by hand, a field is hidden, and a form becomes as it is while it is written.
  await open(`/settings/layouts/${object.resource}/new-LAYOUT_KIND_FORM`);
  const layout = page.locator('.layout-designer');
  const placed = () => layout.locator('.layout-line .who').allInnerTexts();
  const before = await placed();
  await layout.locator('.layout-line .handle').last().focus();
  await page.keyboard.press('ArrowUp');
  await until('the field is moved', async () => (await placed()).join() !== before.join());
  const line = (label) => layout.locator('.layout-line', { hasText: label });
  await drag(page, line('Double').locator('.handle'), line('Power'), '.layout-line[data-over]');
  await until('the field is moved by hand', async () => (await placed()).indexOf('Double') === (await placed()).indexOf('Power') - 1);
  await layout.locator('.button.add', { hasText: 'condition' }).click();
  const condition = layout.locator('.condition').first();
  await condition.locator('select').first().selectOption({ label: 'Power' });
  await condition.locator('select').nth(1).selectOption('>');
  await condition.locator('input').fill('100');
  await layout.locator('.section-head input').first().fill('What it is');
  await layout.locator('.layout-line', { hasText: 'Heating' }).locator('button').last().click();
  await layout.locator('.show-field', { hasText: 'Heating' }).waitFor();
  await layout.locator('.check-line input').uncheck();
  await look('layout');
  await layout.locator('footer .primary').click();
  await page.locator('.row-link', { hasText: /everybody/ }).waitFor();
  await look('layouts');
  await open(`/o/${object.resource}?new=1`);
  await dialog.locator('.form-field', { hasText: 'Heating' }).waitFor();
  await dialog.locator('.form-field', { hasText: 'Power' }).locator('input').fill('150');
  await dialog.locator('.form-field', { hasText: 'Heating' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');

  // Choices that fields share.
  await open('/settings/dictionaries');
  await page.locator('.sheet-page .primary').click();
  await dialog.locator('input').first().fill(`Regions ${stamp}`);
  await dialog.locator('.button.add').click();
  await page.keyboard.type('North');
  await look('dictionary');
  await dialog.locator('footer .primary').click();
  const regions = page.locator('.row-link', { hasText: `Regions ${stamp}` });
  await regions.waitFor();
  await look('dictionaries');
  await regions.locator('.as-text').click();
  await dialog.locator('footer .danger').click();
  await dialog.locator('footer .danger').click();
  await regions.waitFor({ state: 'detached' });

  for (const section of ['objects', 'roles', 'pipelines', 'prices', 'views', 'layouts']) {
    await open(`/settings/${section}`);
    await look(section);
  }
  await call(page, 'DELETE', `/api/v1/metadata/objects/${object.id}`);
  assert.deepEqual(faults, []);
  await context.close();
});

for (const [name, way] of Object.entries(ways))
  test(`Alice arranges what she sees first: ${name}`, async () => {
    const { context, page, faults, look, open } = await begin(browser, way);
    await open('/');
    await page.locator('.widget').first().waitFor();
    await page.locator('.widget-number b, .widget-list li, .widget-none').first().waitFor();
    await look('home');
    await page.locator('.topbar .button').last().click();
    await page.locator('.widgets.arranged .widget h2').first().waitFor();
    const titles = () => page.locator('.widget h2').allInnerTexts();
    const begun = await titles();
    const dialog = page.locator('[role=dialog]');
    await page.locator('.toolbar .button').first().click();
    await dialog.locator('.type').nth(2).waitFor();
    await look('widget');
    await dialog.locator('.type').nth(2).click();
    await page.locator('.widget').nth(begun.length).waitFor();
    // It is moved to the place before it, with the keyboard where there is one.
    const added = page.locator('.widget').nth(begun.length);
    if (name === 'day') {
      await added.locator('.handle').focus();
      await page.keyboard.press('ArrowUp');
    } else await added.locator('.by-touch button').first().click();
    await until('the widget is moved', async () => (await titles()).at(-1) === begun.at(-1));
    if (name === 'day') {
      const [first, second] = await titles();
      await drag(page, page.locator('.widget').nth(1).locator('.handle'), page.locator('.widget').first(), '.widget[data-over=true]');
      await until('the widget is moved by hand', async () => (await titles()).slice(0, 2).join() === [second, first].join());
    }
    const arranged = await titles();
    await look('home-arranged');
    await page.locator('.topbar .primary').click();
    await page.locator('.notice').waitFor();
    await reload(page);
    await page.locator('.widget').nth(begun.length).waitFor();
    assert.deepEqual(await titles(), arranged);
    await page.locator('.widget .bars li').first().waitFor();
    await look('home-own');
    await page.locator('.topbar .button').last().click();
    await page.locator('.toolbar .danger').click();
    await page.locator('.widgets:not(.arranged) .widget').first().waitFor();
    assert.deepEqual(await titles(), begun);
    assert.deepEqual(faults, []);
    await context.close();
  });

test('Alice writes a quote, and the customer accepts it', async () => {
  const { context, page, faults, look, open } = await begin(browser, ways.night);
  const company = await call(page, 'POST', '/api/v1/contacts/companies', { name: `Quoted ${Date.now().toString(36)}` });
  await call(page, 'POST', '/api/v1/contacts/people', { lastName: company.name, companyId: company.id });
  const deal = await call(page, 'POST', '/api/v1/deals', { name: 'Quoted', companyId: company.id, currency: 'EUR' });
  const oven = await call(page, 'POST', '/api/v1/inventory/products', { code: `OVEN-${Date.now().toString(36)}`, name: 'Печь', taxRate: '20' });
  await call(page, 'POST', '/api/v1/inventory/prices', { productId: oven.id, unitPrice: { currency: 'EUR', amount: '1250.5' } });
  await open(`/o/deals.deal/${deal.id}`);
  const dialog = page.locator('[role=dialog]');
  await page.locator('.offer').first().locator('button').click();
  const field = (name) => dialog.getByLabel(name, { exact: false }).first();
  // What is sold comes from the catalog.
  await dialog.getByLabel('Товар из каталога').and(dialog.locator('input:not(:disabled)')).fill(oven.code.toLowerCase());
  await page.locator('[role=option]', { hasText: oven.code }).click();
  await until('the price is that of the catalog', async () => (await field('Цена').inputValue()) === '1250.50' && (await field('Что').inputValue()) === 'Печь');
  await field('Количество').fill('2');
  await look('lines');
  await dialog.locator('footer .primary').click();
  await page.locator('.lines-table', { hasText: 'Печь' }).waitFor();

  // Who decides, and whose the credit is: chosen with the keyboard, and not written over what somebody else does meanwhile.
  await page.getByRole('button', { name: /Кто участвует/ }).click();
  await field('Человек').fill(company.name);
  await page.locator('[role=option]', { hasText: company.name }).first().waitFor();
  await page.keyboard.press('Enter');
  await field('Роль').fill('Решает');
  await dialog.locator('footer .primary').click();
  await page.locator('.deal-person', { hasText: company.name }).filter({ hasText: 'Решает' }).waitFor();
  const credit = page.getByRole('button', { name: /Доли заслуг/ });
  const share = async () => {
    await credit.click();
    for (const [index, member] of ['Alice', 'Sam'].entries()) {
      if (index > 0) await dialog.locator('.button.add').click();
      await dialog.getByLabel('Кто', { exact: true }).nth(index).fill(member);
      await page.locator('[role=option]', { hasText: member }).first().waitFor();
      await page.keyboard.press('Enter');
    }
    await dialog.locator('.button', { hasText: 'Поровну' }).click();
  };
  await share();
  await look('deal-credit');
  await call(page, 'PATCH', `/api/v1/deals/${deal.id}?updateMask=nextStep`, { nextStep: 'Call' });
  await dialog.locator('footer .primary').click();
  await dialog.locator('.fault', { hasText: 'уже изменил' }).waitFor();
  await dialog.locator('footer .button').first().click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('.field', { hasText: 'Call' }).waitFor();
  await share();
  await dialog.locator('footer .primary').click();
  await page.locator('.deal-person', { hasText: 'Sam' }).filter({ hasText: '50 %' }).waitFor();
  await look('deal-people');

  await page.locator('.offer').nth(1).locator('h2 button').click();
  await dialog.locator('[data-sum=total]').waitFor();
  await field('Под итогами').fill('Оплата за 14 дней.');
  await look('quote');
  // What is written is saved before it is sent.
  await dialog.locator('footer .primary').click();
  const link = await dialog.locator('.quote-link input').inputValue();
  await dialog.locator('.quote-body', { hasText: 'Оплата за 14 дней.' }).waitFor();
  await look('quote-sent');

  const customer = await browser.newContext({ locale: 'ru-RU' });
  const theirs = await customer.newPage();
  await theirs.goto(link);
  await theirs.locator('body', { hasText: 'Печь' }).waitFor();
  assert.match(await theirs.locator('body').innerText(), /3\s001,20/);
  await theirs.locator('form[action$="/accept"] input[name=signerName]').fill('Павел Покупатель');
  await theirs.locator('form[action$="/accept"] input[type=checkbox]').check();
  await theirs.locator('form[action$="/accept"] button').click();
  await theirs.locator('body', { hasText: 'Павел Покупатель' }).waitFor();
  await customer.close();

  await reload(page);
  await dialog.locator('.answer[data-good=true]', { hasText: 'Павел Покупатель' }).waitFor();
  assert.equal((await call(page, 'GET', `/api/v1/deals/${deal.id}`)).status, 'DEAL_STATUS_WON');
  await look('quote-accepted');
  assert.deepEqual(faults, []);
  await context.close();
});
