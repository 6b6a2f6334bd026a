using Grpc.Core;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.V1;

namespace Platform.Deals.Forecasts;

/// <summary>Who reports to whom, with those who report to nobody.</summary>
/// <param name="Managers">Of each member the one above; null at the top.</param>
internal sealed record Hierarchy(IReadOnlyDictionary<Guid, Guid?> Managers)
{
    private readonly ILookup<Guid?, Guid> _reports = Managers.OrderBy(member => member.Key).ToLookup(member => member.Value, member => member.Key);

    public bool Has(Guid user) => Managers.ContainsKey(user);

    /// <summary>The person and all below, each after the one above; the person's own place is the top.</summary>
    public IReadOnlyList<(Guid User, Guid? Manager)> From(Guid top)
    {
        var found = new List<(Guid User, Guid? Manager)> { (top, null) };
        var seen = new HashSet<Guid> { top };
        for (var i = 0; i < found.Count; i++)
            found.AddRange(_reports[found[i].User].Where(seen.Add).Select(user => (user, (Guid?)found[i].User)).ToList());
        return found;
    }
}

/// <summary>Asks the tenants domain, as the caller, for the members of the company.</summary>
internal sealed class Hierarchies(TenantsService.TenantsServiceClient tenants)
{
    private const int PageSize = 200;

    public async Task<Result<Hierarchy>> ReadAsync(CancellationToken cancellationToken)
    {
        var managers = new Dictionary<Guid, Guid?>();
        try
        {
            for (var request = new ListMembersRequest { PageSize = PageSize }; ;)
            {
                var page = await tenants.ListMembersAsync(request, cancellationToken: cancellationToken);
                foreach (var member in page.Members)
                    managers[Guid.Parse(member.UserId)] = member.ManagerId.ToIdOrNull();
                if (page.NextPageToken.Length == 0)
                    return new Hierarchy(managers);
                request.PageToken = page.NextPageToken;
            }
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.StatusCode == StatusCode.PermissionDenied ? Error.PermissionDenied("tenants.read") : ForecastErrors.MembersUnavailable;
        }
    }
}
