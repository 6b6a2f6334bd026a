using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Platform.Data;

namespace Platform.Tenancy.Placements;

/// <summary>Opens the connection of a tenant that has a database of its own there; all others are opened as they are.</summary>
internal sealed class TenantRouteInterceptor(TenantDatabases databases) : DbConnectionInterceptor
{
    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        // Not only the route is asked: the connection may still lead where the tenant lived when it was last opened.
        if ((eventData.Context as PlatformDbContext)?.Caller.TenantId is not { } tenant || (databases.RouteOf(tenant) is null && connection.Database == databases.HomeName))
            return result;
        await databases.OpenAsync((NpgsqlConnection)connection, tenant, cancellationToken);
        return InterceptionResult.Suppress();
    }
}
