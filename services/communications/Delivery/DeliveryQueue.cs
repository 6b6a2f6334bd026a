using Platform.Tenancy.Placements;

namespace Platform.Communications.Delivery;

/// <summary>An e-mail that this process owns until its lease ends.</summary>
internal sealed record Claim(Guid TenantId, Guid EmailId, int Attempt);

/// <summary>What is due, of all tenants. A claim is a lease, so that no transaction stays open while a mail server answers.</summary>
internal sealed partial class DeliveryQueue(WorkPlaces places, DeliverySettings settings, ILogger<DeliveryQueue> logger)
{
    private const string Take = """
        UPDATE email_deliveries SET attempt = attempt + 1, due_time = now() + $1
        WHERE (tenant_id, email_id) = (
            SELECT tenant_id, email_id FROM email_deliveries WHERE due_time <= now()
            AND NOT EXISTS (SELECT FROM held_tenants held WHERE held.tenant_id = email_deliveries.tenant_id)
            ORDER BY due_time LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING tenant_id, email_id, attempt
        """;

    private const string Table = "email_deliveries";

    private const string NextDue = "SELECT min(due_time) - now() FROM email_deliveries WHERE NOT EXISTS (SELECT FROM held_tenants held WHERE held.tenant_id = email_deliveries.tenant_id)";

    /// <summary>Takes the e-mail that has waited longest; null when nothing is due. Replicas skip each other's rows. The places of tenants are asked one after the other.</summary>
    public async Task<Claim?> ClaimAsync(CancellationToken cancellationToken) =>
        await places.RowsAcrossTenantsAsync(Table, Take, [settings.Lease], PassedOver, cancellationToken)
            .Select(row => new Claim(row.GetGuid(0), row.GetGuid(1), row.GetInt32(2))).FirstOrDefaultAsync(cancellationToken);

    /// <summary>How long until something is due; null when nothing waits.</summary>
    public async Task<TimeSpan?> UntilNextAsync(CancellationToken cancellationToken)
    {
        TimeSpan? next = null;
        await foreach (var row in places.RowsAcrossTenantsAsync(Table, NextDue, [], PassedOver, cancellationToken))
        {
            if (!row.IsDBNull(0) && row.GetFieldValue<TimeSpan>(0) is var due && !(due > next))
                next = due;
        }

        return next;
    }

    private void PassedOver(Exception failure) => LogPassedOver(logger, failure.Message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "E-mails of a company wait: {Reason}")]
    private static partial void LogPassedOver(ILogger logger, string reason);
}
