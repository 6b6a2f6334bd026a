using Microsoft.EntityFrameworkCore;
using Platform.Communications.Emails;

namespace Platform.Communications.Delivery;

/// <summary>What an attempt means for the e-mail.</summary>
internal static class Deliver
{
    /// <summary>The e-mail of the claim with what goes with it, where the claim still owns it.</summary>
    public static async Task<Outgoing?> FindAsync(Claim claim, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        await db.Deliveries.AnyAsync(row => row.EmailId == claim.EmailId && row.Attempt == claim.Attempt, cancellationToken)
            ? new Outgoing(
                await db.Emails.AsNoTracking().SingleAsync(row => row.Id == claim.EmailId, cancellationToken),
                await db.Enclosures.AsNoTracking().Where(part => part.EmailId == claim.EmailId).OrderBy(part => part.Number).ToListAsync(cancellationToken))
            : null;

    /// <summary>Writes the outcome, and tells of it when it is final. Does nothing where somebody else took the work over and ended it.</summary>
    public static async Task SettleAsync(
        Claim claim, SmtpOutcome outcome, CommunicationsDbContext db, DeliverySettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var delivery = await db.Deliveries.SingleOrDefaultAsync(row => row.EmailId == claim.EmailId, cancellationToken);
        if (delivery is null)
            return;
        var email = await db.Emails.SingleAsync(row => row.Id == claim.EmailId, cancellationToken);
        if (outcome.Kind != SmtpOutcomeKind.FailedForNow || claim.Attempt >= settings.MaxAttempts)
        {
            db.Enclosures.RemoveRange(await db.Enclosures.Where(part => part.EmailId == claim.EmailId).ToListAsync(cancellationToken));
            End(email, delivery, claim, outcome, db, time.GetUtcNow());
        }
        else if (delivery.Attempt == claim.Attempt)
            Postpone(email, delivery, claim, outcome, settings, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
    }

    private static void Postpone(Email email, EmailDelivery delivery, Claim claim, SmtpOutcome outcome, DeliverySettings settings, DateTimeOffset now)
    {
        var next = now + settings.DelayAfter(claim.Attempt);
        email.Postponed(claim.Attempt, outcome.Error, next, now);
        delivery.Postpone(next);
    }

    private static void End(Email email, EmailDelivery delivery, Claim claim, SmtpOutcome outcome, CommunicationsDbContext db, DateTimeOffset now)
    {
        db.Deliveries.Remove(delivery);
        if (outcome.Kind == SmtpOutcomeKind.Accepted)
        {
            email.Sent(claim.Attempt, now);
            db.Publish(email.Id, ToSent(email));
        }
        else
        {
            email.Failed(claim.Attempt, outcome.Error, now);
            db.Publish(email.Id, ToFailed(email));
        }
    }

    private static V1.EmailSent ToSent(Email email) =>
        new() { EmailId = email.Id.ToString(), SourceType = email.SourceType, SourceId = email.SourceId, Attempts = email.Attempts };

    private static V1.EmailFailed ToFailed(Email email) => new()
    {
        EmailId = email.Id.ToString(),
        SourceType = email.SourceType,
        SourceId = email.SourceId,
        Attempts = email.Attempts,
        Error = email.LastError,
    };
}

/// <summary>A message as it goes out.</summary>
/// <param name="Email">What is said.</param>
/// <param name="Enclosures">What goes with it.</param>
internal sealed record Outgoing(Email Email, IReadOnlyCollection<EmailEnclosure> Enclosures);
