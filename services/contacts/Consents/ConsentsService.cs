using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Contacts.Consents;

/// <summary>The RPC table of consents.</summary>
internal sealed class ConsentsService(ContactsDbContext db, TimeProvider time) : V1.ConsentsService.ConsentsServiceBase
{
    [Permission(Permissions.Write)]
    public override Task<V1.ConsentStatement> CreatePersonConsent(V1.CreatePersonConsentRequest request, ServerCallContext context) =>
        CreateConsent.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListPersonConsentsResponse> ListPersonConsents(V1.ListPersonConsentsRequest request, ServerCallContext context) =>
        ListConsents.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.ConsentStatement> CreateLeadConsent(V1.CreateLeadConsentRequest request, ServerCallContext context) =>
        CreateConsent.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListLeadConsentsResponse> ListLeadConsents(V1.ListLeadConsentsRequest request, ServerCallContext context) =>
        ListConsents.Handle(request, db, time, context.CancellationToken).Reply();
}
