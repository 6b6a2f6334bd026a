using System.Globalization;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>The metadata of a <c>pubsub.embedded</c> component.</summary>
internal sealed record BrokerOptions
{
    /// <summary>The schema that holds the tables; metadata <c>schema</c>.</summary>
    public string Schema { get; init; } = "broker";

    /// <summary>Most deliveries under way to one consumer; metadata <c>concurrency</c>.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>Attempts before a message becomes a dead letter; metadata <c>maxAttempts</c>.</summary>
    public int MaxAttempts { get; init; } = 20;

    /// <summary>Pause after the first failure, doubled after each further one; metadata <c>retryInterval</c>.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause between attempts; metadata <c>maxRetryInterval</c>.</summary>
    public TimeSpan MaxRetryInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the consumer may take over one message before the attempt has failed; metadata <c>processingTimeout</c>.</summary>
    public TimeSpan ProcessingTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Messages held in memory for one consumer, apart from those that wait for another attempt.</summary>
    public int Window { get; init; } = 512;

    /// <summary>Keys (or messages without one) of one consumer that may wait for another attempt before it takes no more.</summary>
    public int MaxBlocked { get; init; } = 1000;

    public static BrokerOptions From(ComponentSpec spec)
    {
        var defaults = new BrokerOptions();
        return defaults with
        {
            Schema = spec["schema"] ?? defaults.Schema,
            Concurrency = Number(spec, "concurrency") ?? defaults.Concurrency,
            MaxAttempts = Number(spec, "maxAttempts") ?? defaults.MaxAttempts,
            RetryInterval = Duration(spec, "retryInterval") ?? defaults.RetryInterval,
            ProcessingTimeout = Duration(spec, "processingTimeout") ?? defaults.ProcessingTimeout,
            MaxRetryInterval = Duration(spec, "maxRetryInterval") ?? defaults.MaxRetryInterval,
        };
    }

    public TimeSpan PauseAfter(int attempts)
    {
        var pause = RetryInterval * Math.Pow(2, Math.Min(attempts - 1, 30));
        return pause < MaxRetryInterval ? pause : MaxRetryInterval;
    }

    private static int? Number(ComponentSpec spec, string key) => spec[key] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new StartupException($"{key}: '{text}' is not a positive number");

    private static TimeSpan? Duration(ComponentSpec spec, string key) => spec[key] is { } text ? GoDuration.Parse(text, key) : null;
}
