using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using Platform.Errors;

namespace Platform.Tenancy.Placements;

internal static class MoveTenant
{
    /// <summary>The tenant is the caller's: no request can name another one.</summary>
    public static async Task Handle(
        Tenants.V1.MoveTenantRequest request, IServerStreamWriter<Tenants.V1.MoveTenantResponse> steps, Caller caller, TenantMover mover, CancellationToken cancellationToken)
    {
        // An operator is a machine: no role of a tenant, whoever made it, moves that tenant.
        if (caller.Kind != CallerKind.Service)
            throw Error.PermissionDenied(PlacementsService.Operate).ToRpcException();
        if (ToLevel(request.Level) is not { } level)
            throw Error.Invalid("level", "Name the level: shared, schema or database.").ToRpcException();
        try
        {
            await mover.MoveAsync(caller.RequiredTenantId, level, progress => steps.WriteAsync(ToMessage(progress), cancellationToken), cancellationToken);
        }
        catch (MoveRefusedException refused)
        {
            throw Error.Precondition(refused.Code, refused.Message).ToRpcException();
        }
        catch (PostgresException none) when (none.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            throw Missing.ToRpcException();
        }
    }

    private static readonly Error Missing = Error.Precondition(
        "MOVE_SOURCE_MISSING", "The database in which this tenant's rows lie does not exist: restore it from a backup under the name that platform.placements has for the tenant.");

    private static PlacementLevel? ToLevel(Tenants.V1.PlacementLevel level) => level switch
    {
        Tenants.V1.PlacementLevel.Shared => PlacementLevel.Shared,
        Tenants.V1.PlacementLevel.Schema => PlacementLevel.Schema,
        Tenants.V1.PlacementLevel.Database => PlacementLevel.Database,
        _ => null,
    };

    private static Tenants.V1.MoveTenantResponse ToMessage(MoveProgress progress) => new()
    {
        Step = progress.Step,
        Rows = progress.Rows,
        Duration = Duration.FromTimeSpan(progress.Took),
        Tables = { progress.Tables.Select(table => new Tenants.V1.TableFingerprint { Table = table.Table, Rows = table.Rows, Hash = table.Hash }) },
    };
}
