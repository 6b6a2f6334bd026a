// What a company has made of the platform after a while: what pictures are taken of.
import { readFileSync } from 'node:fs';
import { call, until } from './browser.mjs';

/** A day, counted from today. */
export const from = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
// Company, what it is about, euros, days until it closes, how far it has come (0 to 3: open stages; won, lost).
const sales = [
  ['Nordwind Logistik GmbH', 'fleet renewal', 31000, 12, 3], ['Fjällglas AB', 'furnace sensors', 18500, 18, 2], ['Vltava Stroje s.r.o.', 'press line', 64000, 25, 3], ['Lac Horlogerie SA', 'clean room fit-out', 42500, 33, 1],
  ['Sol y Viento Energía S.L.', 'turbine service', 27000, 5, 'won'], ['Atelier Lumière SARL', 'showroom lighting', 9800, -9, 'won'], ['Greenfield Dairy, Ltd.', 'cold chain', 22400, -20, 'won'], ['Baltic Data OÜ', 'server hall', 51000, 40, 2],
  ['Monsoon Textiles Pvt. Ltd.', 'loom upgrade', 36500, 47, 0], ['Vigneto Rossi S.r.l.', 'bottling line', 14900, 8, 2], ['Alpenblick Hotelbetriebe GmbH', 'kitchen refit', 19900, 54, 1], ['Nordwind Logistik GmbH', 'warehouse scanners', 7600, 61, 0],
  ['Fjällglas AB', 'annual maintenance', 12800, -32, 'won'], ['Van den Berg Bloemen B.V.', 'greenhouse control', 24300, 15, 3], ['Baltic Data OÜ', 'backup site', 33000, 28, 'lost'], ['Lac Horlogerie SA', 'laser engraver', 15700, -4, 'lost'],
  ['Vltava Stroje s.r.o.', 'spare parts 2027', 8200, 70, 0], ['Greenfield Dairy, Ltd.', 'second plant', 88000, 82, 1], ['Sol y Viento Energía S.L.', 'solar roof', 46000, 66, 0], ['Atelier Lumière SARL', 'winter collection', 6400, 22, 2],
];

const companyNamed = async (api, name) => (await api('GET', `/api/v1/contacts/companies?pageSize=1&filter=${encodeURIComponent(`name = "${name}"`)}`)).companies[0];

async function people({ page }) {
  const text = readFileSync(new URL('../../../apphost/demo/contacts.csv', import.meta.url), 'utf8');
  await page.evaluate(async (file) => {
    const me = await (await fetch('/bff/user')).json();
    await fetch('/api/v1/contacts/imports?target=people', { method: 'POST', headers: { 'content-type': 'text/csv', 'X-CSRF-Token': me.csrfToken }, body: file });
  }, text);
}

async function deals({ api }) {
  const pipeline = (await api('GET', '/api/v1/pipelines')).pipelines.find((entry) => entry.isDefault);
  const open = pipeline.stages.filter((stage) => !/WON|LOST/.test(stage.kind ?? ''));
  const ends = { won: pipeline.stages.find((stage) => stage.kind === 'STAGE_KIND_WON'), lost: pipeline.stages.find((stage) => stage.kind === 'STAGE_KIND_LOST') };
  for (const [name, about, euros, days, far] of sales) {
    const found = (await companyNamed(api, name)) ?? (await api('POST', '/api/v1/contacts/companies', { name }));
    let deal = await api('POST', '/api/v1/deals', { name: `${name.split(/[ ,]/)[0]}: ${about}`, companyId: found.id, currency: 'EUR', closeDate: from(days), lineItems: [{ description: about, quantity: '1', taxRate: '19', unitPrice: { amount: `${euros}.00`, currency: 'EUR' } }] });
    const way = typeof far === 'number' ? open.slice(1, far + 1) : [...open.slice(1, far === 'won' ? 4 : 3), ends[far]];
    for (const stage of way) deal = await api('POST', `/api/v1/deals/${deal.id}:move`, { stageId: stage.id, etag: deal.etag, ...(stage === ends.lost ? { reason: 'Too dear', ...(pipeline.lossReasons?.[0] ? { lossReasonId: pipeline.lossReasons[0].id } : {}) } : {}) });
  }
}

async function machine({ api }) {
  const both = (en, ru) => ({ label: en, labelTranslations: { ru } });
  await api('POST', '/api/v1/metadata/objects', { key: 'machine', pluralKey: 'machines', ...both('Machine', 'Станок'), pluralLabel: 'Machines', pluralLabelTranslations: { ru: 'Станки' } });
  const choices = [{ key: 'runs', label: 'Runs', labelTranslations: { ru: 'Работает' }, color: '#26a06c' }, { key: 'service', label: 'In service', labelTranslations: { ru: 'На обслуживании' }, color: '#d98e12' }];
  for (const field of [
    { key: 'state', type: 'FIELD_TYPE_SINGLE_CHOICE', choices, ...both('State', 'Состояние') }, { key: 'power', type: 'FIELD_TYPE_NUMBER', ...both('Power, kW', 'Мощность, кВт') },
    { key: 'delivered', type: 'FIELD_TYPE_DATE', ...both('Delivered', 'Поставлен') }, { key: 'insured', type: 'FIELD_TYPE_BOOLEAN', ...both('Insured', 'Застрахован') },
  ]) await api('POST', '/api/v1/metadata/fields', { resource: 'records.machine', ...field });
  // The owner of the records hears of new fields a moment later.
  const make = async (body) => {
    let made;
    await until('the machine has its fields', async () => (made = await api('POST', '/api/v1/objects/machines', body).catch(() => undefined)) !== undefined);
    return made;
  };
  await make({ name: 'Press P2', customFields: { state: 'runs', power: 50, delivered: '2024-11-05', insured: true } });
  const made = await make({ name: 'Laser cutter L6', customFields: { state: 'runs', power: 12, delivered: '2025-06-02', insured: true } });
  await api('POST', `/api/v1/objects/machines/${made.id}/notes`, { body: 'The lens has to be changed before the end of the month. The spare part is ordered.' });
  await api('PATCH', `/api/v1/objects/machines/${made.id}?updateMask=customFields.state`, { etag: made.etag, customFields: { state: 'service' } });
  return made.id;
}

// A sign of its own beside the name, on nothing: it stands on light pages and on dark ones.
async function logo({ page }) {
  const drawn = await page.context().newPage();
  await drawn.setViewportSize({ width: 480, height: 120 });
  await drawn.setContent('<body style="margin:0"><svg width="480" height="120" viewBox="0 0 480 120"><path d="M12 96 60 20l48 76H78L60 66 42 96z" fill="#0f8b7f"/><text x="128" y="84" font-family="DejaVu Sans" font-weight="700" font-size="64" fill="#0f8b7f">Acme</text></svg></body>');
  const image = (await drawn.screenshot({ omitBackground: true })).toString('base64');
  await drawn.close();
  return image;
}

/** Colours and a logo of the company's own, until `plain`. */
export async function brand(page) {
  const api = (method, path, body) => call(page, method, path, body);
  const theme = await api('POST', '/api/v1/metadata/themes', { label: 'Acme', active: true, radius: 6, light: { primary: '#0f766e', link: '#0f766e' }, dark: { primary: '#2dd4bf', onPrimary: '#04211e', link: '#5eead4' } });
  await api('POST', `/api/v1/metadata/themes/${theme.id}:brand`, { logo: await logo({ page }) });
  return { plain: () => api('DELETE', `/api/v1/metadata/themes/${theme.id}`) };
}

/** A quote that was sent: the deal that it is of, and the address of its page. */
export async function offer(page) {
  const api = (method, path, body) => call(page, method, path, body);
  const name = 'Zuidpunt Kassen B.V.';
  const customer = (await companyNamed(api, name)) ?? (await api('POST', '/api/v1/contacts/companies', { name, address: { lines: ['Bloemenveiling 12'], postalCode: '1431 GB', city: 'Aalsmeer', country: 'NL' } }));
  const line = (description, quantity, euros, more = {}) => ({ description, quantity, taxRate: '21', unitPrice: { amount: euros, currency: 'EUR' }, ...more });
  const deal = await api('POST', '/api/v1/deals', { name: 'Greenhouse control, south wing', companyId: customer.id, currency: 'EUR', lineItems: [
    line('Climate controller GC-4, installed', '6', '1840.00'), line('Light sensors', '48', '36.50', { discountPercent: '10' }), line('Service and updates', '1', '290.00', { recurrence: 'RECURRENCE_MONTHLY', term: 24 }),
  ] });
  const quote = await api('POST', '/api/v1/quotes', { dealId: deal.id, expireDate: from(30), timeZone: 'Europe/Amsterdam', language: 'en', introduction: 'Thank you for showing us your greenhouses. This is what we talked about.', terms: 'Payment within 14 days. Installed within six weeks of your order.' });
  const { link } = await api('POST', `/api/v1/quotes/${quote.id}:send`, {});
  return { deal: deal.id, link };
}

/** Fills an instance on which the demo has run, once; the id of a record of the company's own object. */
export async function furnish(page) {
  const api = (method, path, body) => call(page, method, path, body);
  const objects = (await api('GET', '/api/v1/metadata/objects?pageSize=200')).objectTypes;
  if (objects.some((object) => object.key === 'machine')) return (await api('GET', `/api/v1/objects/machines?pageSize=1&filter=${encodeURIComponent('name = "Laser cutter L6"')}`)).records[0].id;
  await people({ page });
  await deals({ api });
  return await machine({ api, page });
}

/** What somebody who looks after the company has made in its settings, once. */
export async function settle(page) {
  const api = (method, path, body) => call(page, method, path, body);
  const known = (await api('GET', '/api/v1/metadata/dictionaries?pageSize=200')).dictionaries ?? [];
  if (known.some((dictionary) => dictionary.key === 'regions')) return;
  const entry = (key, label, ru, color) => ({ key, label, labelTranslations: { ru }, color });
  await api('POST', '/api/v1/metadata/dictionaries', { key: 'regions', label: 'Sales regions', labelTranslations: { ru: 'Регионы продаж' }, entries: [entry('north', 'North', 'Север', '#2b8fd6'), entry('south', 'South', 'Юг', '#d98e12'), entry('overseas', 'Overseas', 'За морем', '#26a06c')] });
  const view = (resource, label, ru, filter, more = {}) => api('POST', '/api/v1/metadata/views', { resource, label, labelTranslations: { ru }, visibility: 'VISIBILITY_COMPANY', kind: 'SAVED_VIEW_KIND_TABLE', filter, ...more });
  await view('contacts.person', 'Directors', 'Директора', 'job_title : "director"', { pinned: true });
  await view('deals.deal', 'Large and open', 'Крупные и открытые', 'status = "DEAL_STATUS_OPEN" AND amount > 20000');
  const leads = [['Mira', 'Novák', 'Vltava Stroje s.r.o.', 'Head of Purchasing', 'web'], ['Tomás', 'Rivera', 'Sol y Viento Energía S.L.', 'Plant manager', 'trade-fair'], ['Ingrid', 'Lindqvist', 'Fjällglas AB', 'Director of operations', 'referral'], ['Anna', 'Weber', '', 'Student', 'web']];
  for (const [firstName, lastName, companyName, jobTitle, source] of leads) await api('POST', '/api/v1/contacts/leads', { firstName, lastName, companyName, jobTitle, source, email: `${lastName.normalize('NFD').replace(/[^a-z]/gi, '').toLowerCase()}@people.example`, phone: '+49 30 5550 1200' });
  const scoring = await api('GET', '/api/v1/contacts/lead-scoring');
  await api('PUT', '/api/v1/contacts/lead-scoring', { etag: scoring.etag, timeZone: 'Europe/Berlin', rules: [{ name: 'Decides', filter: 'job_title : "director" OR job_title : "head"', points: 40 }, { name: 'Met at a fair', filter: 'source = "trade-fair"', points: 25 }, { name: 'Works nowhere', filter: 'company_name = ""', points: -30 }] });
  for (const phone of ['+49 421 555 0100', '+49 421 555 0101']) await api('POST', '/api/v1/contacts/people?allowDuplicates=true', { firstName: 'Henrike', lastName: 'Claasen', email: `henrike.claasen${phone.at(-1)}@nordwind.example`, phone, jobTitle: 'Fleet manager' });
  await api('POST', '/api/v1/tenants/current/policies', { name: 'Phone numbers are for sales', description: 'Others see that there is one.', resource: 'contacts.person', subjects: { everyone: false, roles: ['viewer'], teamIds: [], userIds: [] }, effect: 'POLICY_EFFECT_UNSPECIFIED', actions: [], filter: '', fieldRules: [{ path: 'phone', access: 'FIELD_ACCESS_MASKED' }], disabled: false });
  await api('POST', '/api/v1/tenants/current/api-keys', { displayName: 'Web shop', permissions: ['contacts.read', 'contacts.write'] });
  await api('POST', '/api/v1/tenants/current/invitations', { email: 'noor@acme.example', displayName: 'Noor Haddad', roles: ['viewer'] });
}

/** One of each kind that there is, as what pages are opened with: their ids. */
export async function known(page) {
  const first = async (path, list) => (await call(page, 'GET', `/api/v1/${path}`))[list][0];
  const filtered = (filter) => `pageSize=1&filter=${encodeURIComponent(filter)}`;
  const person = await first(`contacts/people?${filtered('company_id:* AND job_title:*')}`, 'people');
  const pipeline = (await call(page, 'GET', '/api/v1/pipelines')).pipelines.find((entry) => entry.isDefault);
  return {
    person: person.id, company: person.companyId, pipeline: pipeline.id,
    lead: (await first(`contacts/leads?${filtered('status = "LEAD_STATUS_NEW"')}`, 'leads'))?.id,
    deal: (await first(`deals?${filtered('status = "DEAL_STATUS_OPEN" AND person_id:*')}`, 'deals'))?.id,
    invoice: (await first('finance/invoices?pageSize=1', 'invoices'))?.id, activity: (await first('contacts/activities?pageSize=1', 'activities'))?.id,
    prices: (await first('inventory/priceLists?pageSize=1', 'priceLists'))?.id,
  };
}
