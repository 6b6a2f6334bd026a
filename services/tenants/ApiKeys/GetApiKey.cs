using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Tenants.ApiKeys;

internal static class GetApiKey
{
    public static async Task<Result<V1.ApiKey>> Handle(V1.GetApiKeyRequest request, TenantsDbContext db, CancellationToken cancellationToken) =>
        await db.FindApiKeyAsync(request.Id, cancellationToken) is { } key ? key.ToMessage() : NotFound(request.Id);

    public static Task<ApiKey?> FindApiKeyAsync(this TenantsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var guid) ? db.ApiKeys.Include(key => key.Use).SingleOrDefaultAsync(key => key.Id == guid, cancellationToken) : Task.FromResult<ApiKey?>(null);

    public static Error NotFound(string id) => Error.NotFound("API key", id);
}
