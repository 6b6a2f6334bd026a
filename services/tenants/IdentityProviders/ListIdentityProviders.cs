using Platform.Errors;
using Platform.Paging;

namespace Platform.Tenants.IdentityProviders;

internal static class ListIdentityProviders
{
    public static async Task<Result<V1.ListIdentityProvidersResponse>> Handle(
        V1.ListIdentityProvidersRequest request, TenantsDbContext db, IdentityBrokers identity, CancellationToken cancellationToken)
    {
        var page = await db.IdentityProviders.ToPageAsync(request.PageSize, request.PageToken, query: "", cancellationToken);
        if (page.IsError)
            return page.Error;
        return new V1.ListIdentityProvidersResponse
        {
            IdentityProviders = { page.Value.Items.Select(provider => provider.ToMessage(identity.RealmUrl)) },
            NextPageToken = page.Value.NextPageToken,
        };
    }
}
