// Whether a file is an OpenAPI 3.1 document: against the schema of the specification, with every reference leading somewhere.
import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';

const document = JSON.parse(await readFile(process.argv[2], 'utf8'));
const missing = new Set();

function follow(node) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.$ref === 'string' && node.$ref.split('/').slice(1).reduce((at, name) => at?.[name], document) === undefined) missing.add(node.$ref);
  Object.values(node).forEach(follow);
}

follow(document);
const { valid, errors } = await new Validator().validate(structuredClone(document));
if (!valid || missing.size > 0 || !document.openapi.startsWith('3.1.')) {
  console.error(JSON.stringify({ errors, missing: [...missing] }, null, 2));
  process.exit(1);
}
