using Platform.Sidecar.Resources;

namespace Platform.Sidecar.State;

/// <summary>
/// A state store below the API: keys are complete (prefix included), values are bytes.
/// The workflow and actor engines write through it as well as the state API.
/// </summary>
internal interface IStateStore : IComponent
{
    /// <summary>The items that exist and have not expired; one entry for each found key, in the order asked.</summary>
    Task<IReadOnlyList<StateEntry>> Get(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>
    /// Does all operations or none, in their order, and is durable when it returns.
    /// </summary>
    /// <exception cref="StateConflictException">An etag did not match, or a first write found something there; nothing was written.</exception>
    /// <exception cref="InvalidETagException">An etag has not the form of this store's.</exception>
    Task Transact(IReadOnlyList<StateChange> changes, CancellationToken cancellationToken);

    /// <summary>Deletes every key that starts with the prefix, taken literally.</summary>
    /// <returns>How many there were.</returns>
    Task<int> DeleteWithPrefix(string prefix, CancellationToken cancellationToken);

    /// <summary>
    /// Keys that match an SQL LIKE pattern (<c>%</c>, <c>_</c>, escape <c>\</c>), oldest first, page by page.
    /// </summary>
    /// <param name="after">Token of the previous page, null for the first.</param>
    Task<KeyPage> KeysLike(string pattern, string? after, int pageSize, CancellationToken cancellationToken);
}

/// <summary>What is stored under one key.</summary>
internal readonly record struct StateEntry(string Key, ReadOnlyMemory<byte> Value, string ETag, DateTimeOffset? ExpiresAt);

/// <summary>One page of keys; <see cref="Next"/> is null on the last.</summary>
internal readonly record struct KeyPage(IReadOnlyList<string> Keys, string? Next);

/// <summary>An upsert, or a delete where there is no value.</summary>
internal sealed record StateChange(string Key, ReadOnlyMemory<byte>? Value)
{
    /// <summary>The etag that the stored item must have; null to write whatever is there.</summary>
    public string? ETag { get; init; }

    /// <summary>With no etag: writes only when nothing is there.</summary>
    public bool FirstWrite { get; init; }

    /// <summary>Whether the value is JSON, for stores that keep JSON otherwise than bytes.</summary>
    public bool IsJson { get; init; }

    /// <summary>The concurrency that the caller of the API asked for; some stores note it with the item.</summary>
    public StateConcurrency Concurrency { get; init; }

    /// <summary>Null when nothing is said; nothing or less for an item that is to stay, whatever the store's default is.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>For stores in which an item stays unless it is said to expire.</summary>
    public TimeSpan? Expiry => TimeToLive > TimeSpan.Zero ? TimeToLive : null;

    public static StateChange Upsert(string key, ReadOnlyMemory<byte> value, string? etag = null) => new(key, value) { ETag = etag };

    public static StateChange Delete(string key, string? etag = null) => new(key, Value: null) { ETag = etag };
}

/// <summary>What the state API calls concurrency.</summary>
internal enum StateConcurrency
{
    Unspecified,
    FirstWrite,
    LastWrite,
}

/// <summary>The server behind a store failed; a <see cref="System.Data.Common.DbException"/>, as with stores that are databases.</summary>
internal sealed class StoreFailedException(string message, Exception? cause = null) : System.Data.Common.DbException(message, cause);

/// <summary>A write lost against another one; whoever wrote must read again.</summary>
internal sealed class StateConflictException(string message, bool isETagMismatch) : Exception(message)
{
    /// <summary>False when a first write found something there.</summary>
    public bool IsETagMismatch { get; } = isETagMismatch;
}

/// <summary>An etag that this store can never have given.</summary>
internal sealed class InvalidETagException(string etag) : Exception($"invalid etag value: {etag}");
