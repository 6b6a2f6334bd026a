using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Platform.Errors;
using Platform.Idempotency;

namespace Platform.Automation.Signups;

/// <summary>The RPC table of sign-ups, which anybody may call.</summary>
internal sealed class SignupsService(SignupStarter starter, IServiceScopeFactory scopes) : V1.SignupsService.SignupsServiceBase
{
    [AllowAnonymous, SecretReply]
    public override Task<V1.Signup> CreateSignup(V1.CreateSignupRequest request, ServerCallContext context) =>
        Signups.CreateSignup.Handle(request, starter, scopes, context.CancellationToken).Reply();

    [AllowAnonymous]
    public override Task<V1.Signup> GetSignup(V1.GetSignupRequest request, ServerCallContext context) =>
        Signups.GetSignup.Handle(request, scopes, context.CancellationToken).Reply();
}
