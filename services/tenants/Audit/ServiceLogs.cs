using Grpc.Core;
using Platform.Audit.V1;
using Platform.Auditing;
using Platform.Errors;
using Platform.Invocation;

namespace Platform.Tenants.Audit;

/// <summary>The logs of all services, each asked with the caller's own token: what the caller may not see, no service tells.</summary>
internal sealed class ServiceLogs(IServiceProvider services)
{
    /// <summary>The services that keep a log: all that have a database.</summary>
    public static readonly IReadOnlyList<string> All =
        [DaprNames.Tenants, DaprNames.Contacts, DaprNames.Deals, DaprNames.Finance, DaprNames.Communications, DaprNames.Automation, DaprNames.Metadata, DaprNames.Records, DaprNames.Pipelines, DaprNames.Inventory, DaprNames.Search];

    private static readonly Error Incomplete =
        new(Google.Rpc.Code.Unavailable, "AUDIT_INCOMPLETE", "One of the services does not answer, so the log would have holes: try again in a moment.");

    public AuditLogService.AuditLogServiceClient Of(string service) => services.GetRequiredKeyedService<AuditLogService.AuditLogServiceClient>(service);

    /// <summary>Entries of all services, newest first, as long as the caller goes on reading.</summary>
    /// <param name="filter">What to read.</param>
    /// <param name="beforeId">Begins below this id; empty with the newest.</param>
    /// <param name="limit">How many to ask each service for at a time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<Entry> ReadAsync(
        EntryFilter filter, string beforeId, int limit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A type begins with the service that has it.
        var asked = filter.Resource.Length == 0 ? All : All.Where(service => filter.Resource.StartsWith($"{service}.", StringComparison.Ordinal));
        var logs = asked.Select(service => new LogReader(Of(service), filter, beforeId, Math.Min(limit, AuditLimits.Entries))).ToList();
        await Task.WhenAll(logs.Select(log => log.MoveAsync(cancellationToken)));
        while (logs.Where(log => log.Current is not null).MaxBy(log => log.Current!.Id, StringComparer.Ordinal) is { } next)
        {
            yield return next.Current!;
            await next.MoveAsync(cancellationToken);
        }
    }

    /// <summary>Runs a call of a service's log; where a service is away, the whole answer is.</summary>
    public static async Task<T> AskAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            return await call;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            throw Incomplete.ToRpcException();
        }
    }
}
