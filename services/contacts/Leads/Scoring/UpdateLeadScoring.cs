using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;

namespace Platform.Contacts.Leads.Scoring;

internal static class UpdateLeadScoring
{
    public sealed class Validator : AbstractValidator<V1.UpdateLeadScoringRequest>
    {
        public Validator() => RuleFor(request => request.Scoring).NotNull().WithMessage("Send the rules.").SetValidator(new LeadScoringValidator());
    }

    public static async Task<Result<V1.LeadScoring>> Handle(V1.UpdateLeadScoringRequest request, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        var context = FilterContext.Of(db, time, request.Scoring.TimeZone);
        if (LeadConditions.FindFault(request.Scoring.Rules.Select(rule => rule.Filter), "scoring.rules", filter => LeadScorer.Bind(filter, context, strict: true), context) is { } fault)
            return fault;
        return await db.InTransactionAsync(() => ReplaceAsync(request.Scoring, db, time.GetUtcNow(), cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.LeadScoring>> ReplaceAsync(V1.LeadScoring scoring, ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Held before the rules are read, as whoever applies them does.
        var run = await ScoreRun.HeldAsync(db, cancellationToken);
        var set = await db.LeadScorings.SingleOrDefaultAsync(cancellationToken);
        if (set is null ? scoring.Etag.Length > 0 : !set.Matches(scoring.Etag))
            return Error.Stale("set of rules");
        if (set is null)
            db.LeadScorings.Add(set = new LeadScoringSet { CreateTime = now });
        if (run is null)
            db.ScoreRuns.Add(run = new ScoreRun());
        set.Set(scoring, now);
        run.Begin(now);
        Violation[] raced = [new UniqueViolation(LeadScoringSet.UniqueTenant, Error.Stale("set of rules")), new UniqueViolation(ScoreRun.Key, Error.Stale("set of rules"))];
        return await db.TrySaveChangesAsync(cancellationToken, raced) is { } error ? error : set.ToMessage(run);
    }
}
