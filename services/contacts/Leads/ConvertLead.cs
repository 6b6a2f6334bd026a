using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Activities;
using Platform.Contacts.Companies;
using Platform.Contacts.Consents;
using Platform.Contacts.Leads.Converting;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Leads;

/// <summary>One transaction: person and company found or made, empty fields filled, activities moved, the lead closed. A deal is made before it.</summary>
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
            RuleFor(request => request.Deal).SetValidator(new ConversionDealValidator());
        }
    }

    public static async Task<Result<V1.ConvertLeadResponse>> Handle(V1.ConvertLeadRequest request, ContactsDbContext db, ConversionDeals deals, TimeProvider time, CancellationToken cancellationToken)
    {
        // Leads of one company may be converted at the same time: who comes second finds what the first one made.
        for (var attempt = 1; ; attempt++)
        {
            var isLast = attempt == Attempts;
            var result = request.Deal is null
                ? await TryAsync(null, Guid.Empty)
                : await deals.ConvertAsync(request, TryAsync, cancellationToken);
            if (result.Error != Raced || isLast)
                return result;
            db.ChangeTracker.Clear();

            Task<Result<V1.ConvertLeadResponse>> TryAsync(ConversionPlan? plan, Guid deal) =>
                db.InTransactionAsync(() => ConvertAsync(new Conversion(request, plan, deal, isLast), db, time.GetUtcNow(), cancellationToken), cancellationToken);
        }
    }

    private static async Task<Result<V1.ConvertLeadResponse>> ConvertAsync(Conversion conversion, ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var request = conversion.Request;
        var id = Guid.Parse(request.Id);
        if (await db.Leads.LockedForUpdate(id).SingleOrDefaultAsync(cancellationToken) is not { } lead)
            return await db.MissingAsync(MergeKinds.Leads, id, cancellationToken);
        if (lead.IsConverted)
            return LeadErrors.AlreadyConverted(lead);

        var targets = new ConversionTargets(db, lead, now, conversion.Plan);
        if (await targets.FindAsync(request.PersonId.ToIdOrNull(), request.CompanyId.ToIdOrNull(), cancellationToken) is { } missing)
            return missing;
        // The deal is with somebody else than whom the lead would become by now.
        if (conversion.Plan is { } plan && targets.Plan() != plan)
            return Raced;
        await targets.CreateOrFillAsync(await db.ConsentsOfLeadAsync(id, cancellationToken), cancellationToken);
        lead.Convert(targets.PersonId, targets.CompanyId, conversion.Plan is null ? null : conversion.Deal, now);
        db.Publish(lead.Id, new V1.LeadConverted { LeadId = request.Id, PersonId = targets.PersonId.ToString(), CompanyId = targets.CompanyId.ToIdText(), DealId = conversion.DealId });
        await Timeline.MoveFromLeadAsync(db, id, targets.PersonId, targets.CompanyId, cancellationToken);
        if (await db.TrySaveChangesAsync(cancellationToken, conversion.IsLast ? targets.Taken() : RacedViolations) is { } error)
            return error;
        // Last, so that a conversion that fails holds nothing of what takes its deal back.
        if (conversion.Plan is not null && !await SettleConversion.ForgetAsync(db, conversion.Deal, cancellationToken))
            return ConversionErrors.TooLate;
        return new V1.ConvertLeadResponse
        {
            Lead = lead.ToMessage(),
            PersonId = targets.PersonId.ToString(),
            CompanyId = targets.CompanyId.ToIdText(),
            PersonCreated = targets.PersonCreated,
            CompanyCreated = targets.CompanyCreated,
            DealId = conversion.DealId,
        };
    }

    /// <summary>One try.</summary>
    /// <param name="Request">What is asked for.</param>
    /// <param name="Plan">Whom the deal is with; null where there is none.</param>
    /// <param name="Deal">The deal, which is made.</param>
    /// <param name="IsLast">Whether it is not tried again.</param>
    private sealed record Conversion(V1.ConvertLeadRequest Request, ConversionPlan? Plan, Guid Deal, bool IsLast)
    {
        public string DealId => Plan is null ? "" : Deal.ToString();
    }
}
