const assert = require("node:assert/strict");
const { DaprWorkflowClient, WorkflowRuntime } = require("@dapr/dapr");

const options = { daprHost: "127.0.0.1", daprPort: process.env.DAPR_GRPC_PORT };

async function increment(_, number) {
  return number + 1;
}

async function* chain(context, number) {
  for (let step = 0; step < 3; step++) number = yield context.callActivity(increment, number);
  return number;
}

async function* fanOut(context, count) {
  const tasks = [];
  // The package takes an input of zero for none.
  for (let number = 1; number <= count; number++) tasks.push(context.callActivity(increment, number));
  const results = yield context.whenAll(tasks);
  return results.reduce((sum, result) => sum + result, 0);
}

async function* parent(context, number) {
  return yield context.callChildWorkflow(chain, number);
}

async function* greet(context, greeting) {
  const name = yield context.waitForExternalEvent("name");
  return `${greeting} ${name}`;
}

async function* sleep(context) {
  yield context.createTimer(1);
  return "awake";
}

async function main() {
  const runtime = new WorkflowRuntime(options);
  runtime.registerActivity(increment);
  for (const workflow of [chain, fanOut, parent, greet, sleep]) runtime.registerWorkflow(workflow);
  await runtime.start();
  const client = new DaprWorkflowClient(options);
  const run = async (workflow, input) => {
    const id = await client.scheduleNewWorkflow(workflow, input);
    const state = await client.waitForWorkflowCompletion(id, true, 30);
    return JSON.parse(state.serializedOutput);
  };

  assert.equal(await run(chain, 1), 4);
  assert.equal(await run(fanOut, 10), 65);
  assert.equal(await run(parent, 5), 8);
  assert.equal(await run(sleep), "awake");

  const id = await client.scheduleNewWorkflow(greet, "hello");
  await client.waitForWorkflowStart(id, true, 30);
  await client.suspendWorkflow(id);
  await client.raiseEvent(id, "name", "world");
  await client.resumeWorkflow(id);
  const greeted = await client.waitForWorkflowCompletion(id, true, 30);
  assert.equal(JSON.parse(greeted.serializedOutput), "hello world");
  assert.equal(await client.purgeWorkflow(id), true);

  const ended = await client.scheduleNewWorkflow(greet, "never");
  await client.waitForWorkflowStart(ended, true, 30);
  await client.terminateWorkflow(ended, "enough");
  const terminated = await client.waitForWorkflowCompletion(ended, true, 30);
  assert.equal(JSON.parse(terminated.serializedOutput), "enough");
}

main().then(
  () => process.exit(0),
  (failure) => {
    console.error(failure);
    process.exit(1);
  },
);
