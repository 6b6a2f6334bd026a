using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Tenants.ExternalApps;

/// <summary>What CallerMiddleware found out of the caller's token.</summary>
internal static class GetGrant
{
    public static Task<Result<V1.Grant>> Handle(Caller caller, string clientId) =>
        Task.FromResult<Result<V1.Grant>>(new V1.Grant { ClientId = clientId, Permissions = { caller.Permissions.Order(StringComparer.Ordinal) } });
}
