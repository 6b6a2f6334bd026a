const assert = require("node:assert/strict");
const { TaskHubGrpcClient, TaskHubGrpcWorker } = require("@dapr/durabletask-js");

const address = `127.0.0.1:${process.env.DAPR_GRPC_PORT}`;

async function double(_, number) {
  return number * 2;
}

async function* doubled(context, number) {
  return yield context.callActivity(double, number);
}

async function* waits(context) {
  return yield context.waitForExternalEvent("go");
}

// The package takes an input of zero for none.
async function* over(context, left) {
  if (left === 1) return "over";
  yield context.createTimer(0.1);
  context.continueAsNew(left - 1, true);
}

async function* fails(context) {
  yield context.callActivity("nosuchactivity", 1);
}

async function main() {
  const worker = new TaskHubGrpcWorker(address);
  worker.addActivity(double);
  for (const orchestrator of [doubled, waits, over, fails]) worker.addOrchestrator(orchestrator);
  await worker.start();
  const client = new TaskHubGrpcClient(address);

  const first = await client.waitForOrchestrationCompletion(await client.scheduleNewOrchestration(doubled, 21), true, 30);
  assert.equal(first.serializedOutput, "42");
  const again = await client.waitForOrchestrationCompletion(await client.scheduleNewOrchestration(over, 3), true, 30);
  assert.equal(again.serializedOutput, '"over"');
  const failed = await client.waitForOrchestrationCompletion(await client.scheduleNewOrchestration(fails), true, 30);
  assert.ok(failed.failureDetails);

  const id = await client.scheduleNewOrchestration(waits);
  await client.waitForOrchestrationStart(id, true, 30);
  await client.raiseOrchestrationEvent(id, "go", { now: true });
  const woken = await client.waitForOrchestrationCompletion(id, true, 30);
  assert.deepEqual(JSON.parse(woken.serializedOutput), { now: true });
  const purged = await client.purgeOrchestration(id);
  assert.equal(purged.deletedInstanceCount, 1);
  assert.equal(await client.getOrchestrationState(id), undefined);
}

main().then(
  () => process.exit(0),
  (failure) => {
    console.error(failure);
    process.exit(1);
  },
);
