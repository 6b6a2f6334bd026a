using Platform.Communications.V1;
using Platform.Events;

namespace Platform.Automation.QuoteToCash;

internal static class OnEmailFailed
{
    public static Task Handle(EmailFailed message, EventContext context, AutomationDbContext db, CancellationToken cancellationToken) =>
        EmailWord.PassOnAsync(context, message.SourceType, message.SourceId, cancellationToken);
}
