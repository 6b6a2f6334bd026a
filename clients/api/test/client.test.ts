import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { ApiProblem, createApi, each, newIdempotencyKey, unwrap } from '../src/index.ts';
import { Document } from './document.ts';

// A running stack, and the token of an administrator of a company in it.
const baseUrl = process.env['PLATFORM_URL']!;
const token = process.env['PLATFORM_TOKEN']!;
const run = randomUUID().replaceAll('-', '').slice(0, 12);
const api = createApi({ baseUrl, token: () => token });
let document: Document;

before(async () => {
  assert.ok(baseUrl && token, 'set PLATFORM_URL and PLATFORM_TOKEN');
  document = await Document.read(baseUrl, token);
});

const create = (body: { lastName: string; email?: string; customFields?: Record<string, unknown> }, key = newIdempotencyKey()) =>
  unwrap(api.POST('/api/v1/contacts/people', { body, params: { header: { 'Idempotency-Key': key } } }));

// The owner of the records hears of a new field a moment later.
async function known<T>(write: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === 'INVALID_ARGUMENT') || Date.now() > deadline) throw error;
      await setTimeout(50);
    }
  }
}

test('a write with the same key happens once, and its answer is what the document says', async () => {
  const key = newIdempotencyKey();
  const first = await create({ lastName: `Once ${run}` }, key);
  const second = await create({ lastName: `Once ${run}` }, key);
  assert.equal(second.id, first.id);
  assert.deepEqual(document.faults('contacts.Person', first), []);
});

test('a list is read to its end, page after page', async () => {
  for (const number of [1, 2, 3]) await create({ lastName: `Paged ${run} ${number}` });
  const names: string[] = [];
  const read = (pageToken: string) => api.GET('/api/v1/contacts/people', { params: { query: { pageSize: 1, pageToken, query: `Paged ${run}`, orderBy: 'last_name' } } });
  for await (const person of each(read, (page) => page.people)) names.push(person.lastName);
  assert.deepEqual(names, [1, 2, 3].map((number) => `Paged ${run} ${number}`));
  assert.deepEqual(document.faults('contacts.ListPeopleResponse', await unwrap(read(''))), []);
});

test('a refusal is a problem with its code and the field', async () => {
  const refused = await api.POST('/api/v1/contacts/people', { body: { lastName: 'Bad', email: 'nowhere' } });
  assert.deepEqual(document.faults('Problem', refused.error as object), []);
  const problem = ApiProblem.of(refused.error, refused.response);
  assert.deepEqual([problem.status, problem.code, problem.errors[0]?.field], [400, 'INVALID_ARGUMENT', 'person.email']);
  assert.match(problem.requestId ?? '', /^[0-9a-f]{32}$/);
  await assert.rejects(unwrap(api.GET('/api/v1/contacts/people/{id}', { params: { path: { id: randomUUID() } } })), (error) => error instanceof ApiProblem && error.code === 'NOT_FOUND');
});

test('a stale version is left alone', async () => {
  const person = await create({ lastName: `Stale ${run}` });
  const path = { id: person.id };
  await unwrap(api.PATCH('/api/v1/contacts/people/{id}', { params: { path, header: { 'If-Match': `"${person.etag}"` } }, body: { jobTitle: 'Buyer' } }));
  const late = await api.PATCH('/api/v1/contacts/people/{id}', { params: { path, header: { 'If-Match': `"${person.etag}"` } }, body: { jobTitle: 'Seller' } });
  assert.deepEqual([late.response.status, late.error?.code], [412, 'STALE_ETAG']);
});

test("a company's field is in its document at once, and in its answers as the document says", async () => {
  const key = `rank_${run}`;
  const field = await unwrap(
    api.POST('/api/v1/metadata/fields', {
      body: { resource: 'contacts.person', key, type: 'FIELD_TYPE_SINGLE_CHOICE', label: 'Rank', help: 'How dear they are.', choices: [{ key: 'gold', label: 'Gold' }] },
    }),
  );
  const mine = await Document.read(baseUrl, token);
  assert.deepEqual(mine.faults('metadata.Field', field), []);
  const fields = mine.json.components.schemas['contacts.PersonCustomFields']?.properties as Record<string, { title: string; description: string }>;
  assert.equal(fields[key]?.title, 'Rank');
  assert.match(fields[key]?.description ?? '', /How dear they are\.[^]*`gold`: Gold/);
  const person = await known(() => create({ lastName: `Ranked ${run}`, customFields: { [key]: 'gold' } }));
  assert.deepEqual(mine.faults('contacts.Person', person), []);
  assert.deepEqual(mine.faults('contacts.PersonCustomFieldsInput', { [key]: 'silver' }).length > 0, true);
  const { valid, errors } = await new Validator().validate(structuredClone(mine.json));
  assert.ok(valid, JSON.stringify(errors));
  await unwrap(api.DELETE('/api/v1/metadata/fields/{id}', { params: { path: { id: field.id } } }));
  assert.equal(key in ((await Document.read(baseUrl, token)).json.components.schemas['contacts.PersonCustomFields']?.properties ?? {}), false);
});
