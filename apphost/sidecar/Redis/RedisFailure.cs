using System.Buffers;
using StackExchange.Redis;

namespace Platform.Sidecar.Redis;

/// <summary>What the client's exceptions mean.</summary>
internal static class RedisFailure
{
    private static readonly SearchValues<string> Lists = SearchValues.Create([", v: ", ", command=", ", inst: "], StringComparison.Ordinal);

    /// <summary>The server cannot be reached or is not ready yet: it may be soon.</summary>
    public static bool IsAway(Exception error) => error switch
    {
        RedisConnectionException connection => connection.FailureType is not ConnectionFailureType.AuthenticationFailure,
        RedisTimeoutException => true,
        RedisServerException server => server.Message.StartsWith("LOADING", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>What happened, without the client's own state, which it lists after that.</summary>
    public static string Reason(Exception error)
    {
        var end = error.Message.AsSpan().IndexOfAny(Lists);
        return end < 0 ? error.Message : error.Message[..end];
    }

    public static bool Is(RedisServerException error, string code) => error.Message.StartsWith(code, StringComparison.Ordinal);
}
