using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access;
using Platform.Data;
using Platform.Events;

namespace Platform.Tenancy;

/// <summary>Whether a tenant can be read and written in a service; asked when a company joins.</summary>
internal static class StorageCheck
{
    public const string Path = "/platform/storage:check";

    /// <summary>Maps the check. It has no route through the gateway.</summary>
    public static void MapStorageCheck(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(Path, (Func<HttpContext, Task<IResult>>)CheckAsync).RequireAuthorization(new PermissionAttribute("tenants.provision"));

    // Writes, reads and takes back, in the tables that every service has.
    private static async Task<IResult> CheckAsync(HttpContext context)
    {
        var db = context.RequestServices.GetRequiredService<UnitOfWork>().Context;
        await using var transaction = await db.Database.BeginTransactionAsync(context.RequestAborted);
        var probe = $"storage-check-{Guid.CreateVersion7()}";
        var isWritten = await InboxTable.TryAddAsync(db, probe, nameof(StorageCheck), context.RequestAborted)
            && await db.Inbox.AnyAsync(message => message.EventId == probe, context.RequestAborted);
        await transaction.RollbackAsync(context.RequestAborted);
        return isWritten ? Results.NoContent() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }
}
