const assert = require("node:assert/strict");
const { ask } = require("./common");

ask(["HTTP", "GRPC"], async (dapr, protocol) => {
  assert.equal(await dapr.metadata.set(`node-${protocol}`, "was here"), true);
  const metadata = await dapr.metadata.get();
  assert.equal(metadata.id, "described");
  assert.deepEqual(metadata.components.map((component) => component.name).sort(), ["environment", "pubsub", "statestore"]);
});
