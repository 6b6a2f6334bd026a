using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Tenants.ApiKeys;

internal static class DeleteApiKey
{
    public static async Task<Result<Empty>> Handle(V1.DeleteApiKeyRequest request, TenantsDbContext db, Caller caller, CancellationToken cancellationToken)
    {
        if (ApiKeyRules.CheckManager(caller) is { } denial)
            return denial;
        if (await db.FindApiKeyAsync(request.Id, cancellationToken) is not { } key)
            return GetApiKey.NotFound(request.Id);
        db.ApiKeys.Remove(key);
        db.Publish(key.Id, new V1.ApiKeyChanged { ApiKey = key.ToMessage(), Deleted = true });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new Empty();
    }
}
