using Grpc.Core;
using Platform.Contacts.Leads.Scoring;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Contacts.Leads.Converting;

/// <summary>Keeps from whoever may not see a deal that a lead became it. Deals are another service's, which is asked as the caller.</summary>
internal sealed class ConvertedDeals(VisibilityService.VisibilityServiceClient deals, Caller caller)
{
    private const string Deal = "deals.deal";
    private const string DealsRead = "deals.read";


    /// <summary>Takes away what the caller may not see. While nobody can tell, that is all of it: the leads are told anyway.</summary>
    public async Task HideAsync(IEnumerable<V1.Lead> leads, CancellationToken cancellationToken)
    {
        var naming = SeesAll(caller) ? [] : leads.Where(lead => lead.ConvertedDealId.Length > 0).ToList();
        if (naming.Count == 0)
            return;
        var seen = MayRead(caller) ? await SeenAsync([.. naming.Select(lead => lead.ConvertedDealId).Distinct()], cancellationToken) : [];
        foreach (var lead in naming.Where(lead => !seen.Contains(lead.ConvertedDealId)))
            lead.ConvertedDealId = "";
    }

    /// <summary>For files, in which no row is asked about: without the deals where the caller may not see every one.</summary>
    public static async Task<Func<Lead, V1.Lead>> TellingAsync(ContactsDbContext db, CancellationToken cancellationToken)
    {
        var scores = await KnownScores.OfAsync(db, cancellationToken);
        return SeesAll(db.Caller) ? scores.Tell : lead =>
        {
            var told = scores.Tell(lead);
            told.ConvertedDealId = "";
            return told;
        };
    }

    private static bool MayRead(Caller caller) => caller.Permissions.Contains(DealsRead);

    private static bool SeesAll(Caller caller) => caller.Kind == CallerKind.System || (MayRead(caller) && caller.Access?.HasPoliciesOn(Deal) is not true);

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
