using Platform.Tenancy.Placements;

namespace Platform.Publishing;

/// <summary>Looks up whose page an address is, across companies; what is not public is not among them.</summary>
/// <param name="places">Where rows of all companies are.</param>
public sealed class PublicAddresses(WorkPlaces places)
{
    private const string Find = $"SELECT tenant_id, target_id FROM {PublicAddress.Table} WHERE address_hash = $1";

    /// <summary>The company and what its page shows; null where nobody has a page there, or more than one company says that it has.</summary>
    /// <param name="address">As it was written down: <c>kb/acme</c>.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<(Guid Tenant, Guid Target)?> FindAsync(string address, CancellationToken cancellationToken)
    {
        var found = new HashSet<(Guid Tenant, Guid Target)>();
        await foreach (var row in places.RowsAcrossTenantsAsync(PublicAddress.Table, Find, [PublicAddress.HashOf(address)], cancellationToken))
        {
            do
                found.Add((row.GetGuid(0), row.GetGuid(1)));
            while (await row.ReadAsync(cancellationToken));
        }

        return found.Count == 1 ? found.Single() : null;
    }
}
