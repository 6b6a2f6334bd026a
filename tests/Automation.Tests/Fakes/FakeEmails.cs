using Grpc.Core;
using Platform.Communications.V1;

namespace Automation.Tests.Fakes;

/// <summary>
/// One e-mail a source, as in communications. The customer's domain says how it ends: <c>.invalid</c> is refused,
/// <c>second.example</c> is refused once, <c>silent.example</c> is sent without an event, <c>slow.example</c> waits for the test.
/// </summary>
internal sealed class FakeEmails(World world) : EmailsService.EmailsServiceBase
{
    public override async Task<Email> SendEmail(SendEmailRequest request, ServerCallContext context)
    {
        var tenant = world.Enter(context, request.SourceId);
        var key = $"{request.SourceType}:{request.SourceId}";
        if (!world.EmailRequests.TryAdd(key, request))
            return world.Emails.Values.Single(email => email.SourceType == request.SourceType && email.SourceId == request.SourceId);
        var sent = new Email { Id = World.Id(), To = request.To, SourceType = request.SourceType, SourceId = request.SourceId, Status = Outcome(request) };
        sent.LastError = sent.Status == EmailStatus.Failed ? "550 No such mailbox" : "";
        world.Emails[sent.Id] = sent;
        if (sent.Status != EmailStatus.Queued && !request.To.EndsWith("@silent.example", StringComparison.Ordinal))
            await world.EmailEnded(tenant, sent);
        return sent;
    }

    public override Task<Email> GetEmail(GetEmailRequest request, ServerCallContext context)
    {
        world.Enter(context, request.Id);
        return Task.FromResult(world.Emails.TryGetValue(request.Id, out var email) ? email : throw World.NotFound(request.Id));
    }

    private static EmailStatus Outcome(SendEmailRequest request) => request.To.EndsWith("@slow.example", StringComparison.Ordinal) ? EmailStatus.Queued
        : Refused(request) ? EmailStatus.Failed : EmailStatus.Sent;

    private static bool Refused(SendEmailRequest request) => request.To.EndsWith(".invalid", StringComparison.Ordinal)
        || (request.To.EndsWith("@second.example", StringComparison.Ordinal) && request.SourceId.EndsWith(":1", StringComparison.Ordinal));
}
