using System.Globalization;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Redis;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub.RedisStreams;

/// <summary>The metadata of a <c>pubsub.redis</c> component beyond its connection.</summary>
internal sealed record StreamOptions
{
    /// <summary>How long a message may be in somebody's hands before it is given to another; zero for no such thing. Metadata <c>processingTimeout</c>.</summary>
    public TimeSpan ProcessingTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Pause between looks for such messages; zero for none. Metadata <c>redeliverInterval</c>.</summary>
    public TimeSpan RedeliverInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Messages read ahead for one consumer. Metadata <c>queueDepth</c>.</summary>
    public int QueueDepth { get; init; } = 100;

    /// <summary>Most deliveries under way to one consumer; one keeps the order. Metadata <c>concurrency</c>.</summary>
    public int Concurrency { get; init; } = 10;

    /// <summary>About how many entries a stream keeps; null for all. Metadata <c>maxLenApprox</c>.</summary>
    public long? MaxLength { get; init; }

    /// <summary>About how long a stream keeps an entry; null for ever. Metadata <c>streamTTL</c>.</summary>
    public TimeSpan? TimeToLive { get; init; }

    public bool Redelivers => ProcessingTimeout > TimeSpan.Zero && RedeliverInterval > TimeSpan.Zero;

    public static StreamOptions From(ComponentSpec spec)
    {
        var defaults = new StreamOptions();
        return new StreamOptions
        {
            ProcessingTimeout = RedisSettings.Duration(spec, "processingTimeout") ?? defaults.ProcessingTimeout,
            RedeliverInterval = RedisSettings.Duration(spec, "redeliverInterval") ?? defaults.RedeliverInterval,
            QueueDepth = (int?)Number(spec, "queueDepth") ?? defaults.QueueDepth,
            Concurrency = (int?)Number(spec, "concurrency") ?? defaults.Concurrency,
            MaxLength = Number(spec, "maxLenApprox"),
            TimeToLive = RedisSettings.Duration(spec, "streamTTL") is { } kept && kept > TimeSpan.Zero ? kept : null,
        };
    }

    private static long? Number(ComponentSpec spec, string key) => spec[key] is not { } text || text == "0" ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new StartupException($"{key}: '{text}' is not a positive number");
}
