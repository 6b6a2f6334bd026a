using System.Text.RegularExpressions;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Kafka;

/// <summary>What a <c>pubsub.kafka</c> component does with messages; names and defaults are daprd's.</summary>
internal sealed record KafkaOptions
{
    /// <summary>The consumer group; metadata <c>consumerGroup</c>, else the consumer's id.</summary>
    public string? Group { get; init; }

    /// <summary>Whether a group without a committed offset begins with the oldest message; metadata <c>initialOffset</c> <c>oldest</c>.</summary>
    public bool FromOldest { get; init; }

    /// <summary>Whether a failed message is tried again; metadata <c>consumeRetryEnabled</c>.</summary>
    public bool Retries { get; init; } = true;

    /// <summary>How often, at most; null for ever; metadata <c>backOffMaxRetries</c>, where -1 is for ever.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>Pause before the first retry; metadata <c>backOffDuration</c>, or <c>backOffInitialInterval</c> of <c>backOffPolicy</c> <c>exponential</c>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What each further pause is multiplied by; metadata <c>backOffMultiplier</c>.</summary>
    public double Multiplier { get; init; } = 1;

    /// <summary>The longest pause; metadata <c>backOffMaxInterval</c>.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether headers are told URL-encoded; metadata <c>escapeHeaders</c>.</summary>
    public bool EscapesHeaders { get; init; }

    /// <summary>Metadata that do not become headers, and headers that are not told; metadata <c>excludeHeaderMetaRegex</c>.</summary>
    public Regex? Excluded { get; init; }

    public static KafkaOptions From(ComponentSpec spec)
    {
        var isExponential = spec.OneOf("backOffPolicy", "constant", "exponential") == "exponential";
        var defaults = new KafkaOptions();
        return defaults with
        {
            Group = spec["consumerGroup"],
            FromOldest = spec.OneOf("initialOffset", "newest", "oldest") == "oldest",
            Retries = spec.Flag("consumeRetryEnabled", defaults.Retries),
            MaxRetries = spec["backOffMaxRetries"] is "-1" ? null : spec.Number("backOffMaxRetries"),
            FirstPause = isExponential
                ? spec.Duration("backOffInitialInterval") ?? TimeSpan.FromMilliseconds(500)
                : spec.Duration("backOffDuration") ?? defaults.FirstPause,
            Multiplier = isExponential ? spec.Fraction("backOffMultiplier") ?? 1.5 : 1,
            LongestPause = isExponential ? spec.Duration("backOffMaxInterval") ?? defaults.LongestPause : TimeSpan.MaxValue,
            EscapesHeaders = spec.Flag("escapeHeaders"),
            Excluded = Pattern(spec["excludeHeaderMetaRegex"]),
        };
    }

    /// <param name="failures">How often the message has failed, from one.</param>
    public TimeSpan PauseAfter(int failures)
    {
        var factor = Math.Pow(Multiplier, Math.Min(failures - 1, 100));
        return FirstPause < LongestPause / factor ? FirstPause * factor : LongestPause;
    }

    private static Regex? Pattern(string? text)
    {
        try
        {
            // As Go's: time linear in the text, and nothing that looks around.
            return text is null ? null : new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new StartupException($"excludeHeaderMetaRegex: {error.Message}", error);
        }
    }
}
