using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Pipelines.Pipelines;

internal static class GetPipelineBook
{
    public static async Task<Result<V1.PipelineBook>> Handle(PipelinesDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // Who may do nothing here is no member, whatever the token says.
        if (db.Caller.TenantId is null || db.Caller.Permissions.Count == 0)
            return Error.PermissionDenied(Permissions.Read);
        await db.EnsureDefaultAsync(time, cancellationToken);
        var all = await db.Pipelines.AsNoTracking().OrderByDescending(row => row.IsDefault).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        return new V1.PipelineBook { Pipelines = { all.Select(row => row.ToMessage()) } };
    }
}
