using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;

namespace Platform.Gateway.Sessions.Storage;

/// <summary>
/// Which sessions somebody has, and which belong to a session of the identity server. An entry is written before its session, so
/// that no session is ever out of reach, and many replicas may write at once.
/// </summary>
internal sealed class SessionIndex(SealedState state, TimeProvider time)
{
    private const int Attempts = 20;

    /// <summary>Where a person's sessions are listed.</summary>
    public static string OfPerson(string personId) => Key("person", personId);

    /// <summary>Where the sessions of a single sign-on are listed.</summary>
    public static string OfSingleSignOn(string singleSignOnId) => Key("sso", singleSignOnId);

    /// <summary>The entries, newest last; of sessions that have not reached their end by time.</summary>
    public async Task<IReadOnlyList<IndexEntry>> ListAsync(string index, CancellationToken cancellationToken) =>
        [.. ((await state.GetAsync(index, SessionJson.Default.ListIndexEntry, cancellationToken)).Value ?? []).Where(IsAlive)];

    /// <summary>Adds an entry.</summary>
    public Task AddAsync(string index, IndexEntry entry, CancellationToken cancellationToken) =>
        ChangeAsync(index, entries => entries.Append(entry), cancellationToken);

    /// <summary>Removes the entries of these sessions.</summary>
    public Task RemoveAsync(string index, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        ChangeAsync(index, entries => entries.Where(entry => !keys.Contains(entry.Key)), cancellationToken);

    private async Task ChangeAsync(
        string index, Func<IEnumerable<IndexEntry>, IEnumerable<IndexEntry>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var found = await state.GetAsync(index, SessionJson.Default.ListIndexEntry, cancellationToken);
            List<IndexEntry> entries = [.. change(found.Value ?? []).Where(IsAlive)];
            if (entries.Count == 0 && found.Version is null)
                return;
            var lastEnd = entries.Count == 0 ? time.GetUtcNow() : entries.Max(entry => entry.EndTime);
            var timeToLive = lastEnd - time.GetUtcNow();
            if (await state.TrySaveAsync(index, entries, found.Version, timeToLive, SessionJson.Default.ListIndexEntry, cancellationToken))
                return;
        }

        throw new RpcException(new Status(StatusCode.Unavailable, "The index of sessions could not be changed: others were always faster."));
    }

    private bool IsAlive(IndexEntry entry) => entry.EndTime > time.GetUtcNow();

    private static string Key(string kind, string id) =>
        $"sessions-of-{kind}:{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
}

/// <summary>Where a session is.</summary>
/// <param name="Id">The id that its owner sees.</param>
/// <param name="Key">Its key in the state store.</param>
/// <param name="EndTime">When it ends at the latest.</param>
internal sealed record IndexEntry(Guid Id, string Key, DateTimeOffset EndTime);
