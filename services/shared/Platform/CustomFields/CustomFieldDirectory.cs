using System.Collections.Concurrent;
using System.Globalization;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Access;
using Platform.Caching;
using Platform.CustomFields.Values;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.CustomFields;

/// <summary>
/// The fields that companies defined, in memory: asked once in five minutes, and at once in every replica after FieldsChanged has
/// arrived at one. While the metadata service is away, what was known last goes on to hold.
/// </summary>
public sealed partial class CustomFieldDirectory
{
    /// <summary>In place of a version: all that is known of the company is to be asked anew.</summary>
    internal const long Anew = 0;

    private const string Kind = "fields";
    private const int MaxTenants = 10_000;
    private const int MostWaits = 3;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();
    private readonly ConcurrentDictionary<Guid, long> _leastVersions = new();
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<bool>> _asking = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly ReplicaSignal _signal;
    private readonly TimeProvider _time;
    private readonly ILogger<CustomFieldDirectory> _logger;
    private readonly string[] _resources;

    /// <summary>Knows nothing yet.</summary>
    public CustomFieldDirectory(
        IServiceScopeFactory scopes, IEnumerable<ProtectedResource> resources, IEnumerable<WatchedResources> watched, ReplicaSignal signal, TimeProvider time, ILogger<CustomFieldDirectory> logger)
    {
        (_scopes, _signal, _time, _logger) = (scopes, signal, time, logger);
        _resources = [.. resources.Where(resource => resource.Info.HasCustomFields).Select(resource => resource.Info.Name), .. watched.SelectMany(others => others.Names)];
        signal.On(Kind, (tenant, version) => Forget(tenant, long.Parse(version, CultureInfo.InvariantCulture)), ForgetAll);
    }

    /// <summary>Whether this service has, or watches, records that companies add fields to.</summary>
    public bool IsNeeded => _resources.Length > 0;

    /// <summary>The fields of the caller's company; null where they cannot be asked for and never were known.</summary>
    public ValueTask<TenantFields?> GetAsync(Caller caller, CancellationToken cancellationToken)
    {
        var tenant = caller.RequiredTenantId;
        return _entries.TryGetValue(tenant, out var entry) && IsValid(tenant, entry) ? ValueTask.FromResult<TenantFields?>(entry.Fields) : LoadAsync(tenant, caller, cancellationToken);
    }

    /// <summary>The same, of that version or a later one; asked for now where what is known is older.</summary>
    /// <exception cref="InvalidOperationException">It cannot be asked for.</exception>
    internal async Task<TenantFields> GetAtLeastAsync(Caller caller, long version, CancellationToken cancellationToken)
    {
        Forget(caller.RequiredTenantId, version);
        return await GetAsync(caller, cancellationToken) is { } fields && fields.Version >= version ? fields : throw new InvalidOperationException("What fields the company has now cannot be asked for.");
    }

    /// <summary>Makes the fields known to the scope; where what is known lacks something, after asking once more.</summary>
    /// <returns>False where it lacks something and cannot be asked for: whether the company has it is open then.</returns>
    public async Task<bool> LoadAnewAsync(Caller caller, Func<TenantFields, bool> isKnown, CancellationToken cancellationToken)
    {
        await this.LoadAsync(caller, cancellationToken);
        if (caller.CustomFields is { } fields && isKnown(fields))
            return true;
        if ((await AskAsync(caller.RequiredTenantId, caller, cancellationToken)).Fields is null)
            return false;
        caller.CustomFields = null;
        await this.LoadAsync(caller, cancellationToken);
        return true;
    }

    /// <summary>Every replica forgets what is older than the version.</summary>
    public Task SpreadAsync(Guid tenant, long version, CancellationToken cancellationToken) =>
        _signal.SendAsync(Kind, tenant, cancellationToken, version.ToString(CultureInfo.InvariantCulture));

    // Who comes while another call asks waits for that answer: a company of thousands of fields has them read once after a change, and not by
    // every call. Where the answer is older than what is to be known, one of those who waited asks.
    private async ValueTask<TenantFields?> LoadAsync(Guid tenant, Caller caller, CancellationToken cancellationToken)
    {
        var own = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var waits = 0; waits < MostWaits && _asking.GetOrAdd(tenant, own) is var asking && asking != own; waits++)
        {
            var isAway = await asking.Task.WaitAsync(cancellationToken);
            if (isAway || (_entries.TryGetValue(tenant, out var entry) && IsValid(tenant, entry)))
                return KnownOf(tenant);
        }

        var answer = default(Answer);
        try
        {
            answer = await AskAsync(tenant, caller, cancellationToken);
            return answer.Fields ?? KnownOf(tenant);
        }
        finally
        {
            _asking.TryRemove(KeyValuePair.Create(tenant, own));
            own.SetResult(answer.IsAway);
        }
    }

    private TenantFields? KnownOf(Guid tenant) => _entries.TryGetValue(tenant, out var known) ? known.Fields : null;

    private async Task<Answer> AskAsync(Guid tenant, Caller caller, CancellationToken cancellationToken)
    {
        var readAt = _time.GetTimestamp();
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            var schema = await scope.ServiceProvider.GetRequiredService<ICustomFieldSource>().GetSchemaAsync(caller, _resources, cancellationToken);
            var ready = schema.Fields.Any(field => field.Searchable || field.Type == V1.FieldType.Relation) ? await ReadyAsync(scope.ServiceProvider, tenant, cancellationToken) : [];
            // The same object while nothing has changed: what is compiled for it stays good.
            var fields = _entries.TryGetValue(tenant, out var known) && known.Fields.Version == schema.Version && known.Fields.HasReady(ready) ? known.Fields : new TenantFields(schema, ready);
            if (_entries.Count >= MaxTenants)
                _entries.Clear();
            _entries[tenant] = new Entry(readAt, fields);
            return new Answer(fields, IsAway: false);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnavailable(_logger, exception.StatusCode);
            // What this caller alone is refused says nothing of others.
            return new Answer(null, exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded);
        }
    }

    // Which searchable fields have the values of all records beside them.
    private static async Task<IReadOnlyCollection<(string Resource, string Key)>> ReadyAsync(IServiceProvider services, Guid tenant, CancellationToken cancellationToken)
    {
        // Who watches records of other services keeps none of their values.
        if (services.GetService<UnitOfWork>() is not { } unit || unit.Context.Model.FindEntityType(typeof(CustomFieldIndex)) is null)
            return [];
        services.GetRequiredService<Caller>().ActAsSystem(tenant, "custom-fields");
        var rows = await unit.Context.Set<CustomFieldIndex>().AsNoTracking().Where(index => index.State == IndexState.Ready).Select(index => new { index.Resource, index.FieldKey }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Resource, row.FieldKey))];
    }

    private bool IsValid(Guid tenant, Entry entry) => _signal.MayUse(entry.ReadAt, Lifetime) && entry.Fields.Version >= _leastVersions.GetValueOrDefault(tenant);

    private void Forget(Guid tenant, long version)
    {
        if (version == Anew && _entries.TryGetValue(tenant, out var entry))
            _entries.TryUpdate(tenant, Aged(entry), entry);
        _leastVersions.AddOrUpdate(tenant, version, (_, known) => Math.Max(known, version));
    }

    // Kept as what was known last, and too old to be used without asking.
    private void ForgetAll()
    {
        foreach (var (tenant, entry) in _entries)
            _entries.TryUpdate(tenant, Aged(entry), entry);
    }

    private Entry Aged(Entry entry) => entry with { ReadAt = _time.GetTimestamp() - ((long)Lifetime.TotalSeconds * 2 * _time.TimestampFrequency) };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The metadata service does not tell what fields a company has ({Status}); what was known last holds")]
    private static partial void LogUnavailable(ILogger logger, StatusCode status);

    private sealed record Entry(long ReadAt, TenantFields Fields);

    /// <summary>What was answered.</summary>
    /// <param name="Fields">Null where they cannot be asked for.</param>
    /// <param name="IsAway">Whether nobody can ask for them now.</param>
    private readonly record struct Answer(TenantFields? Fields, bool IsAway);
}
