namespace Dapr.Conformance.PubSub;

// One line for each broker and each group of facts. Nothing of the in-memory broker outlives its process or reaches another.

[Trait("only", "local")]
public sealed class PubSubEmbeddedTests(EmbeddedSetup setup) : PubSubTests(setup), IClassFixture<EmbeddedSetup>;

[Trait("only", "local")]
public sealed class FailureEmbeddedTests(EmbeddedSetup setup) : FailureTests(setup), IClassFixture<EmbeddedSetup>;

[Trait("only", "local")]
public sealed class SharingEmbeddedTests(EmbeddedSetup setup) : SharingTests(setup), IClassFixture<EmbeddedSetup>;

[Trait("only", "local")]
public sealed class StreamingEmbeddedTests(EmbeddedSetup setup) : StreamingTests(setup), IClassFixture<EmbeddedSetup>;

public sealed class PubSubInMemoryTests(InMemorySetup setup) : PubSubTests(setup), IClassFixture<InMemorySetup>;

public sealed class FailureInMemoryTests(InMemorySetup setup) : FailureTests(setup), IClassFixture<InMemorySetup>;

public sealed class StreamingInMemoryTests(InMemorySetup setup) : StreamingTests(setup), IClassFixture<InMemorySetup>;

public sealed class PubSubRedisTests(RedisSetup setup) : PubSubTests(setup), IClassFixture<RedisSetup>;

public sealed class FailureRedisTests(RedisSetup setup) : FailureTests(setup), IClassFixture<RedisSetup>;

public sealed class SharingRedisTests(RedisSetup setup) : SharingTests(setup), IClassFixture<RedisSetup>;

public sealed class StreamingRedisTests(RedisSetup setup) : StreamingTests(setup), IClassFixture<RedisSetup>;

public sealed class PubSubRabbitTests(RabbitSetup setup) : PubSubTests(setup), IClassFixture<RabbitSetup>;

public sealed class FailureRabbitTests(RabbitSetup setup) : FailureTests(setup), IClassFixture<RabbitSetup>;

public sealed class SharingRabbitTests(RabbitSetup setup) : SharingTests(setup), IClassFixture<RabbitSetup>;

public sealed class StreamingRabbitTests(RabbitSetup setup) : StreamingTests(setup), IClassFixture<RabbitSetup>;
