const assert = require("node:assert/strict");
const { HttpMethod } = require("@dapr/dapr");
const { ask } = require("./common");

ask(["HTTP"], async (dapr) => {
  assert.deepEqual(await dapr.invoker.invoke("callee", "double", HttpMethod.POST, { value: 21 }), { value: 42 });
  assert.equal(await dapr.invoker.invoke("callee", "status/200", HttpMethod.GET), "said 200");
  await assert.rejects(dapr.invoker.invoke("callee", "status/409", HttpMethod.GET), /409/);
});
