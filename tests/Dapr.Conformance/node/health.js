const assert = require("node:assert/strict");
const { ask } = require("./common");

ask(["HTTP", "GRPC"], async (dapr) => {
  assert.equal(await dapr.health.isHealthy(), true);
  if (process.env.WITH_TOKEN) assert.equal((await dapr.metadata.get()).id, process.env.APP_ID);
});
