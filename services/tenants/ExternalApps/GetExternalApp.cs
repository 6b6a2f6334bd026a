using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Tenants.ExternalApps;

internal static class GetExternalApp
{
    public static async Task<Result<V1.ExternalApp>> Handle(V1.GetExternalAppRequest request, TenantsDbContext db, CancellationToken cancellationToken) =>
        await db.FindExternalAppAsync(request.Id, cancellationToken) is { } app ? app.ToMessage() : NotFound(request.Id);

    public static Task<ExternalApp?> FindExternalAppAsync(this TenantsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var guid) ? db.ExternalApps.SingleOrDefaultAsync(app => app.Id == guid, cancellationToken) : Task.FromResult<ExternalApp?>(null);

    public static Error NotFound(string id) => Error.NotFound("application", id);
}
