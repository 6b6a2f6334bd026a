const assert = require("node:assert/strict");
const { ask } = require("./common");

ask(["HTTP", "GRPC"], async (dapr, protocol) => {
  const answer = await dapr.pubsub.publish("pubsub", "plain", { id: `${process.env.MARK}-${protocol}` });
  assert.ok(!answer.error, String(answer.error));
  const bulk = await dapr.pubsub.publishBulk("pubsub", "plain", ["one", { two: 2 }]);
  assert.deepEqual(bulk.failedMessages, []);
});
