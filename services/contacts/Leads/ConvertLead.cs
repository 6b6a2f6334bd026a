using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Activities;
using Platform.Contacts.Companies;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Leads;

/// <summary>One transaction: person and company found or made, empty fields filled, activities moved, the lead closed.</summary>
internal static class ConvertLead
{
    private const int Attempts = 3;

    private static readonly Error Raced =
        new(Google.Rpc.Code.Aborted, "CONVERSION_RACED", "Somebody created the same person or company at this moment: repeat the call.");

    private static readonly Violation[] RacedViolations =
        [new UniqueViolation(CompanyConfiguration.UniqueName, Raced), new UniqueViolation(PersonConfiguration.UniqueEmail, Raced), new ForeignKeyViolation(PersonConfiguration.CompanyKey, Raced)];

    public sealed class Validator : AbstractValidator<V1.ConvertLeadRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Id).Id();
            RuleFor(request => request.PersonId).OptionalId();
            RuleFor(request => request.CompanyId).OptionalId();
        }
    }

    public static async Task<Result<V1.ConvertLeadResponse>> Handle(V1.ConvertLeadRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // Leads of one company may be converted at the same time: who comes second finds what the first one made.
        for (var attempt = 1; ; attempt++)
        {
            var isLast = attempt == Attempts;
            var result = await db.InTransactionAsync(() => ConvertAsync(request, isLast, db, time.GetUtcNow(), cancellationToken), cancellationToken);
            if (result.Error != Raced || isLast)
                return result;
            db.ChangeTracker.Clear();
        }
    }

    private static async Task<Result<V1.ConvertLeadResponse>> ConvertAsync(V1.ConvertLeadRequest request, bool isLast, ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.Id);
        if (await db.Leads.LockedForUpdate(id).SingleOrDefaultAsync(cancellationToken) is not { } lead)
            return await db.MissingAsync(MergeKinds.Leads, id, cancellationToken);
        if (lead.IsConverted)
            return LeadErrors.AlreadyConverted(lead);

        var targets = new ConversionTargets(db, lead, now);
        if (await targets.FindAsync(request.PersonId.ToIdOrNull(), request.CompanyId.ToIdOrNull(), cancellationToken) is { } missing)
            return missing;
        targets.CreateOrFill();
        lead.Convert(targets.PersonId, targets.CompanyId, now);
        db.Publish(lead.Id, new V1.LeadConverted { LeadId = request.Id, PersonId = targets.PersonId.ToString(), CompanyId = targets.CompanyId.ToIdText() });
        await Timeline.MoveFromLeadAsync(db, id, targets.PersonId, targets.CompanyId, cancellationToken);
        if (await db.TrySaveChangesAsync(cancellationToken, isLast ? targets.Taken() : RacedViolations) is { } error)
            return error;
        return new V1.ConvertLeadResponse
        {
            Lead = lead.ToMessage(),
            PersonId = targets.PersonId.ToString(),
            CompanyId = targets.CompanyId.ToIdText(),
            PersonCreated = targets.PersonCreated,
            CompanyCreated = targets.CompanyCreated,
        };
    }
}
