using System.Collections.Concurrent;

namespace Platform.CustomFields.Relations;

/// <summary>
/// How a service asks another one for the records that relations of its own lead to, within one call, or one batch of many records: what was there
/// when it was asked for is not asked for again, as it may be by a save that holds rows.
/// </summary>
/// <param name="resource">The kind of record: <c>contacts.company</c>.</param>
/// <param name="find">Whether there is one of that id that the caller may see. Fails as a call does where that cannot be asked.</param>
public sealed class RelationLookup(string resource, Func<Guid, CancellationToken, Task<bool>> find)
{
    private readonly ConcurrentDictionary<Guid, bool> _there = new();

    /// <summary>The kind of record.</summary>
    public string Resource => resource;

    /// <summary>Whether there is one of that id.</summary>
    public async Task<bool> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_there.ContainsKey(id))
            return true;
        var isThere = await find(id, cancellationToken);
        if (isThere)
            _there[id] = true;
        return isThere;
    }
}
