using StackExchange.Redis;

namespace Platform.Sidecar.Redis;

/// <summary>What the client's exceptions mean.</summary>
internal static class RedisFailure
{
    /// <summary>The server cannot be reached or is not ready yet: it may be soon.</summary>
    public static bool IsAway(Exception error) => error switch
    {
        RedisConnectionException connection => connection.FailureType is not ConnectionFailureType.AuthenticationFailure,
        RedisTimeoutException => true,
        RedisServerException server => server.Message.StartsWith("LOADING", StringComparison.Ordinal),
        _ => false,
    };

    public static bool Is(RedisServerException error, string code) => error.Message.StartsWith(code, StringComparison.Ordinal);
}
