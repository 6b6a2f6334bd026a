const assert = require("node:assert/strict");
const { ask } = require("./common");

ask(["HTTP", "GRPC"], async (dapr) => {
  assert.deepEqual(await dapr.secret.get("files", "plain"), { plain: "p1" });
  const all = await dapr.secret.getBulk("files");
  assert.equal(all.plain.plain, "p1");
});
