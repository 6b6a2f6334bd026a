using Dapr.Conformance.Harness;
using Platform.TestServers;

namespace Dapr.Conformance.PubSub;

/// <summary>The durable broker within the local sidecar.</summary>
public sealed class EmbeddedSetup : PubSubSetup
{
    private Database _database = null!;

    internal override string Type => "pubsub.embedded";

    internal override async Task<(string Name, string Value)[]> StartServerAsync()
    {
        _database = await Database.CreateAsync();
        return [("connectionString", _database.Url), ("retryInterval", "100ms"), ("maxAttempts", "4")];
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }
}

/// <summary>Nothing outlives the sidecar.</summary>
public sealed class InMemorySetup : PubSubSetup
{
    internal override string Type => "pubsub.in-memory";

    internal override Task<(string Name, string Value)[]> StartServerAsync() => Task.FromResult<(string Name, string Value)[]>([]);
}

/// <summary>Streams of Redis.</summary>
public sealed class RedisSetup : PubSubSetup
{
    private RedisServer _redis = null!;

    internal override string Type => "pubsub.redis";

    internal override (string Name, string Value)[] Redelivery => [("processingTimeout", "2s"), ("redeliverInterval", "1s")];

    internal override async Task<(string Name, string Value)[]> StartServerAsync()
    {
        _redis = await RedisServer.StartAsync();
        return [("redisHost", _redis.Endpoint), ("redisPassword", "")];
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _redis.DisposeAsync();
    }
}

/// <summary>RabbitMQ, with queues that outlive the app.</summary>
public sealed class RabbitSetup : PubSubSetup
{
    internal override string Type => "pubsub.rabbitmq";

    internal override async Task<(string Name, string Value)[]> StartServerAsync() =>
        [("connectionString", await TestRabbit.GetAsync()), ("durable", "true"), ("deletedWhenUnused", "false"), ("requeueInFailure", "false")];
}
