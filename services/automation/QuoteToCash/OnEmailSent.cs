using Platform.Communications.V1;
using Platform.Events;

namespace Platform.Automation.QuoteToCash;

internal static class OnEmailSent
{
    public static Task Handle(EmailSent message, EventContext context, AutomationDbContext db, CancellationToken cancellationToken) =>
        EmailWord.PassOnAsync(context, message.SourceType, message.SourceId, cancellationToken);
}
