const assert = require("node:assert/strict");
const { randomUUID } = require("node:crypto");
const { ask } = require("./common");

const store = process.env.STORE;

ask(["HTTP", "GRPC"], async (dapr) => {
  const key = randomUUID();
  await dapr.state.save(store, [
    { key: `${key}-1`, value: "text" },
    { key: `${key}-2`, value: { a: [1, 2], ż: true } },
  ]);
  assert.equal(await dapr.state.get(store, `${key}-1`), "text");
  assert.deepEqual(await dapr.state.get(store, `${key}-2`), { a: [1, 2], ż: true });

  const bulk = await dapr.state.getBulk(store, [`${key}-1`, `${key}-2`]);
  assert.deepEqual(bulk.map((item) => item.key).sort(), [`${key}-1`, `${key}-2`]);

  await dapr.state.transaction(store, [
    { operation: "upsert", request: { key: `${key}-3`, value: "three" } },
    { operation: "delete", request: { key: `${key}-1` } },
  ]);
  assert.equal(await dapr.state.get(store, `${key}-3`), "three");
  assert.ok(!(await dapr.state.get(store, `${key}-1`)));

  await dapr.state.delete(store, `${key}-2`);
  assert.ok(!(await dapr.state.get(store, `${key}-2`)));
});
