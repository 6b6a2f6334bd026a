using Grpc.Core;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Contacts.Leads.Converting;

/// <summary>Keeps from whoever may not see a deal that a lead became it. Deals are another service's, which is asked as the caller.</summary>
internal sealed class ConvertedDeals(VisibilityService.VisibilityServiceClient deals, Caller caller)
{
    private const string Deal = "deals.deal";
    private const string DealsRead = "deals.read";

    private bool MayRead => caller.Permissions.Contains(DealsRead);

    private bool SeesAll => caller.Kind == CallerKind.System || (MayRead && caller.Access?.HasPoliciesOn(Deal) is not true);

    /// <summary>Takes away what the caller may not see. While nobody can tell, that is all of it: the leads are told anyway.</summary>
    public async Task HideAsync(IEnumerable<V1.Lead> leads, CancellationToken cancellationToken)
    {
        var naming = SeesAll ? [] : leads.Where(lead => lead.ConvertedDealId.Length > 0).ToList();
        if (naming.Count == 0)
            return;
        var seen = MayRead ? await SeenAsync([.. naming.Select(lead => lead.ConvertedDealId).Distinct()], cancellationToken) : [];
        foreach (var lead in naming.Where(lead => !seen.Contains(lead.ConvertedDealId)))
            lead.ConvertedDealId = "";
    }

    /// <summary>For files, in which no row is asked about: without the deals where the caller may not see every one.</summary>
    public Func<Lead, V1.Lead> Without(Func<Lead, V1.Lead> tell) => SeesAll ? tell : lead =>
    {
        var told = tell(lead);
        told.ConvertedDealId = "";
        return told;
    };

    private async Task<HashSet<string>> SeenAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await deals.FilterVisibleAsync(new FilterVisibleRequest { Records = { new RecordIds { Resource = Deal, Ids = { ids } } } }, cancellationToken: cancellationToken);
            return [.. answer.Records.SelectMany(records => records.Ids)];
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }
}
