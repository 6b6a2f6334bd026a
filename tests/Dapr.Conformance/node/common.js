// What every script needs: a client for each protocol, and an end that the test can read.
const { DaprClient, CommunicationProtocolEnum, LogLevel } = require("@dapr/dapr");

const ports = { HTTP: process.env.DAPR_HTTP_PORT, GRPC: process.env.DAPR_GRPC_PORT };

function client(protocol) {
  return new DaprClient({
    daprHost: "127.0.0.1",
    daprPort: ports[protocol],
    communicationProtocol: CommunicationProtocolEnum[protocol],
    daprApiToken: process.env.DAPR_API_TOKEN,
    logger: { level: LogLevel.Error },
  });
}

/** Runs the questions with a client of each protocol, one after the other. */
function ask(protocols, questions) {
  const all = async () => {
    for (const protocol of protocols) {
      const dapr = client(protocol);
      try {
        await questions(dapr, protocol);
      } catch (failure) {
        failure.message = `${protocol}: ${failure.message}`;
        throw failure;
      } finally {
        await dapr.stop();
      }
    }
  };
  all().then(
    () => process.exit(0),
    (failure) => {
      console.error(failure);
      process.exit(1);
    },
  );
}

module.exports = { ask, client, ports };
