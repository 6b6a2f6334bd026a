using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Publishing;

namespace Platform.Contacts.Forms;

/// <summary>The RPC table of forms.</summary>
internal sealed class LeadFormsService(ContactsDbContext db, CustomFieldDirectory fields, IServiceScopeFactory scopes, PublicAddresses addresses, TimeProvider time) : V1.LeadFormsService.LeadFormsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListLeadFormsResponse> ListLeadForms(V1.ListLeadFormsRequest request, ServerCallContext context) =>
        Forms.ListLeadForms.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.LeadForm> GetLeadForm(V1.GetLeadFormRequest request, ServerCallContext context) =>
        Forms.GetLeadForm.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Import)]
    public override Task<V1.LeadForm> CreateLeadForm(V1.CreateLeadFormRequest request, ServerCallContext context) =>
        Forms.CreateLeadForm.Handle(request, db, fields, scopes, addresses, time, context.CancellationToken).Reply();

    [Permission(Permissions.Import)]
    public override Task<V1.LeadForm> UpdateLeadForm(V1.UpdateLeadFormRequest request, ServerCallContext context) =>
        Forms.UpdateLeadForm.Handle(request, db, fields, addresses, time, context.CancellationToken).Reply();

    [Permission(Permissions.Import)]
    public override Task<Empty> DeleteLeadForm(V1.DeleteLeadFormRequest request, ServerCallContext context) =>
        Forms.DeleteLeadForm.Handle(request, db, addresses, context.CancellationToken).Reply();
}
