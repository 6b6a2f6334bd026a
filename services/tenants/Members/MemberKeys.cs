using Platform.Tenancy.Placements;

namespace Platform.Tenants.Members;

/// <summary>
/// Looks up across companies who is a member where. A company's own database that is away hides what is there, and nothing of the others.
/// </summary>
internal sealed partial class MemberKeys(WorkPlaces places, ILogger<MemberKeys> logger)
{
    private const string Table = "member_keys";

    /// <summary>The companies of these people, by person; and whether all databases answered, so that those are all.</summary>
    public async Task<(ILookup<Guid, Guid> Companies, bool AreAll)> CompaniesOfAsync(Guid[] people, CancellationToken cancellationToken)
    {
        var (found, areAll) = people.Length == 0 ? ([], true)
            : await ReadAsync($"SELECT user_id, tenant_id FROM {Table} WHERE user_id = ANY($1)", [people], row => (Person: row.GetGuid(0), Company: row.GetGuid(1)), cancellationToken);
        return (found.Distinct().ToLookup(pair => pair.Person, pair => pair.Company), areAll);
    }

    /// <summary>Every company that has a member, of those whose database answers.</summary>
    public async Task<IReadOnlyCollection<Guid>> CompaniesAsync(CancellationToken cancellationToken) =>
        (await ReadAsync($"SELECT DISTINCT tenant_id FROM {Table}", [], row => row.GetGuid(0), cancellationToken)).Rows.ToHashSet();

    /// <summary>Whether the databases of all companies answer.</summary>
    public async Task<bool> AllAnswerAsync(CancellationToken cancellationToken) =>
        (await ReadAsync($"SELECT 1 FROM {Table} LIMIT 1", [], _ => true, cancellationToken)).AreAll;

    private Task<(IReadOnlyCollection<T> Rows, bool AreAll)> ReadAsync<T>(string sql, object[] parameters, Func<Npgsql.NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        places.AllRowsAcrossTenantsAsync(Table, sql, parameters, read, failure => LogAway(logger, failure.Message), cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Members of a company with a database of its own cannot be looked up ({Reason})")]
    private static partial void LogAway(ILogger logger, string reason);
}
