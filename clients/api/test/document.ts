import { Ajv2020 } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats';

/** The OpenAPI document of a company, to hold answers against. */
export class Document {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  private constructor(readonly json: { readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: object }>> } }) {
    formats.default.default(this.#ajv);
    for (const name of ['uint32', 'uint64']) this.#ajv.addFormat(name, true);
    this.#ajv.addSchema(json, 'openapi.json');
  }

  static async read(baseUrl: string, token: string): Promise<Document> {
    const answer = await fetch(`${baseUrl}/openapi/v1.json`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    return new Document((await answer.json()) as Document['json']);
  }

  /** What is wrong with a value that is to be of that schema; empty where nothing is. Properties that it does not know count. */
  faults(name: string, value: object): string[] {
    const known = Object.keys(this.json.components.schemas[name]?.properties ?? {});
    const unknown = Object.keys(value).filter((key) => !known.includes(key)).map((key) => `${key}: not in the document`);
    const validate = this.#ajv.compile({ $ref: `openapi.json#/components/schemas/${name}` });
    return validate(value) ? unknown : [...unknown, ...(validate.errors ?? []).map((error) => `${error.instancePath}: ${error.message}`)];
  }
}
