using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Contacts.Leads.Converting;

/// <summary>The RPC table of conversions that are under way.</summary>
internal sealed class ConversionsService(ContactsDbContext db) : V1.ConversionsService.ConversionsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.Conversion> GetConversion(V1.GetConversionRequest request, ServerCallContext context) =>
        Converting.GetConversion.Handle(request, db, context.CancellationToken).Reply();
}
