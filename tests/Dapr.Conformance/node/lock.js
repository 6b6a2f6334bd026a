const assert = require("node:assert/strict");
const { randomUUID } = require("node:crypto");
const { LockStatus } = require("@dapr/dapr");
const { ask } = require("./common");

ask(["HTTP", "GRPC"], async (dapr) => {
  const resource = randomUUID();
  assert.equal((await dapr.lock.lock("lockstore", resource, "me", 60)).success, true);
  assert.ok(!(await dapr.lock.lock("lockstore", resource, "you", 60)).success);
  assert.equal((await dapr.lock.unlock("lockstore", resource, "you")).status, LockStatus.LockBelongsToOthers);
  assert.equal((await dapr.lock.unlock("lockstore", resource, "me")).status, LockStatus.Success);
  assert.equal((await dapr.lock.unlock("lockstore", resource, "me")).status, LockStatus.LockDoesNotExist);
});
