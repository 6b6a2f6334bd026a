using Microsoft.Extensions.DependencyInjection;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.Data;
using Platform.Events;

namespace Platform.CustomFields.RollUps.Across;

/// <summary>Counts what another service tells of its records; it may come again, because messages have numbers.</summary>
internal static class OnRollUpInputsTold
{
    public static async Task HandleAsync(RollUpInputsTold message, EventContext context, CancellationToken cancellationToken)
    {
        var parent = RollUpField.ParentOf(message.RollUp);
        if (context.Services.GetServices<ProtectedResource>().All(resource => resource.Find(parent) is null))
            return;
        var db = context.Services.GetRequiredService<UnitOfWork>().Context;
        var fields = await context.Services.GetRequiredService<CustomFieldDirectory>().GetAtLeastAsync(db.Caller, message.SchemaVersion, cancellationToken);
        // Of an earlier definition, nobody asks any more.
        if (fields.RollUpsOver(message.Resource).Any(rollUp => rollUp.StoredKey == message.RollUp))
            await db.InTransactionAsync(() => new RollUpTaking(db, message.RollUp).TakeAsync(message, cancellationToken), cancellationToken);
    }
}
