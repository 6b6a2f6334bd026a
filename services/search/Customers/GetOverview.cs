using Grpc.Core;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Search.Customers;

/// <summary>
/// Gathers what the domains know of a customer. First who it is, because a merged record leads to the one that stayed; then all domains
/// at once. Whoever does not answer within its time is left out, and the rest is told.
/// </summary>
internal sealed class GetOverview(CustomerRecords records, CustomerSections sections, Caller caller, TimeProvider time)
{
    public const int DefaultItems = 5;
    public const int MostItems = 20;

    private static readonly TimeSpan CustomerPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SectionPatience = TimeSpan.FromSeconds(3);

    public async Task<Result<V1.CustomerOverview>> HandleAsync(string type, string id, int itemCount, CancellationToken cancellationToken)
    {
        // Who may do nothing here is no member, whatever the token says.
        if (caller.TenantId is null || caller.Permissions.Count == 0)
            return Error.PermissionDenied("contacts.read");
        var overview = new V1.CustomerOverview { Type = type, Id = Guid.Parse(id).ToString(), State = V1.SectionState.Ready };
        var customer = new Customer(type, overview.Id, "", "");
        try
        {
            customer = await records.FindAsync(type, overview.Id, In(CustomerPatience), cancellationToken);
        }
        catch (RpcException refused) when (SectionStates.Of(refused) is { } state)
        {
            if (state == V1.SectionState.NotReadable)
                return Error.PermissionDenied("contacts.read");
            overview.State = state;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.NotFound)
        {
            return Error.NotFound(customer.IsCompany ? "company" : "person", id);
        }

        (overview.Id, overview.Title) = (customer.Id, customer.Title);
        overview.Sections.AddRange(await sections.ReadAsync(customer, overview.State == V1.SectionState.Ready, itemCount == 0 ? DefaultItems : itemCount, In(SectionPatience), cancellationToken));
        return overview;
    }

    private DateTime In(TimeSpan patience) => time.GetUtcNow().UtcDateTime + patience;
}
