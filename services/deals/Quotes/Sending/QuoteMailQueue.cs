using Platform.Tenancy.Placements;

namespace Platform.Deals.Quotes.Sending;

/// <summary>Quotes whose messages wait.</summary>
internal sealed class QuoteMailQueue(WorkPlaces places, TimeProvider time)
{
    /// <summary>How long an attempt may take, and how long until the next one.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly DueTable Table = new("quote_mails", "tenant_id, quote_id", Lease);

    public DueWork<(Guid Tenant, Guid Quote)> Work { get; } = new(places, Table, row => (row.GetGuid(0), row.GetGuid(1)), time);
}
