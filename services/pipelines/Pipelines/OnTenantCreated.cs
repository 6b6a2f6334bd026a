using Platform.Errors;
using Platform.Events;
using Platform.Tenants.V1;

namespace Platform.Pipelines.Pipelines;

internal static class OnTenantCreated
{
    public static async Task Handle(TenantCreated message, EventContext context, PipelinesDbContext db, CancellationToken cancellationToken)
    {
        if (await db.HasDefaultAsync(cancellationToken))
            return;
        // Where a first question was faster, the event comes again.
        if (await db.AddDefaultAsync(context.Services.GetRequiredService<TimeProvider>(), cancellationToken) is { IsError: true, Error: var error })
            throw error.ToRpcException();
    }
}
