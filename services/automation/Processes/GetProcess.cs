using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Automation.Processes;

internal static class GetProcess
{
    public static async Task<Result<V1.Process>> Handle(V1.GetProcessRequest request, AutomationDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id)
        && await db.Processes.AsNoTracking().Include(row => row.Steps).SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } process
            ? process.ToMessage()
            : Error.NotFound("process", request.Id);
}
