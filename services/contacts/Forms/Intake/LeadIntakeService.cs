using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Platform.Auditing;
using Platform.Errors;

namespace Platform.Contacts.Forms.Intake;

/// <summary>The RPC table of open forms, which anybody may call who knows the address.</summary>
internal sealed class LeadIntakeService(IServiceScopeFactory scopes, AuditOrigin origin, TimeProvider time) : V1.LeadIntakeService.LeadIntakeServiceBase
{
    [AllowAnonymous]
    public override Task<V1.OpenForm> GetOpenForm(V1.GetOpenFormRequest request, ServerCallContext context) =>
        Intake.GetOpenForm.Handle(request, scopes, time, context.CancellationToken).Reply();

    [AllowAnonymous]
    public override Task<V1.SubmitOpenFormResponse> SubmitOpenForm(V1.SubmitOpenFormRequest request, ServerCallContext context) =>
        Intake.SubmitOpenForm.Handle(request, scopes, origin.ClientAddress, time, context.CancellationToken).Reply();

    [AllowAnonymous]
    public override Task<HttpBody> GetOpenFormLogo(V1.GetOpenFormLogoRequest request, ServerCallContext context) =>
        Intake.GetOpenFormLogo.Handle(request, scopes, context.CancellationToken).Reply();
}
