using FluentValidation;
using Google.Protobuf;
using Platform.Caching;
using Platform.Communications.V1;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Communications.Live;

internal static class TellPresence
{
    private const int Most = 15;
    private const int LongestText = 200;

    public sealed class Validator : AbstractValidator<TellPresenceRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Presences).Must(told => told.Count <= Most).WithMessage("Tell of at most 15 at once.");
            RuleForEach(request => request.Presences)
                .Must(told => told.Room.Length <= LongestText && told.Connection.Length <= LongestText && told.UserId.Length <= LongestText && told.UserName.Length <= LongestText)
                .WithMessage("No text is longer than 200 characters.");
        }
    }

    /// <summary>Nothing is kept: who looks at something says so again and again.</summary>
    public static async Task<Result<TellPresenceResponse>> Handle(TellPresenceRequest request, Caller caller, ReplicaSignal signal, CancellationToken cancellationToken)
    {
        if (LiveRules.Refusal(caller) is { } refusal)
            return refusal;
        foreach (var presence in request.Presences)
            await signal.SendAsync(LiveChannel.Presences, caller.RequiredTenantId, cancellationToken, Convert.ToBase64String(presence.ToByteArray()));
        return new TellPresenceResponse();
    }
}
