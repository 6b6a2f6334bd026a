const assert = require("node:assert/strict");
const { ask } = require("./common");

// The package serves configuration over gRPC only.
ask(["GRPC"], async (dapr) => {
  const key = process.env.KEY;
  const { items } = await dapr.configuration.get("configuration", [key]);
  assert.equal(items[key].value, "for node");
  assert.equal(items[key].version, "2");
});
