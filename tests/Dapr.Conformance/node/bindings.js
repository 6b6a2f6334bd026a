const assert = require("node:assert/strict");
const { randomUUID } = require("node:crypto");
const { ask } = require("./common");

ask(["HTTP", "GRPC"], async (dapr) => {
  const fileName = `${randomUUID()}.txt`;
  await dapr.binding.send("disk", "create", "from node", { fileName });
  await dapr.binding.send("disk", "delete", "", { fileName });
  await assert.rejects(dapr.binding.send("disk", "get", "", { fileName }));
});
