using FluentValidation;
using Platform.Access.Fields;
using Platform.Contacts.Merging;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Leads.Scoring;

internal static class ExplainLeadScore
{
    public sealed class Validator : AbstractValidator<V1.ExplainLeadScoreRequest>
    {
        public Validator() => RuleFor(request => request.LeadId).Id();
    }

    public static async Task<Result<V1.ExplainLeadScoreResponse>> Handle(V1.ExplainLeadScoreRequest request, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        if (db.Caller.CheckArrangement(Lead.Resource.Info, LeadScorer.Field) is { } hidden)
            return hidden;
        if (await db.FindOrSurvivorAsync(db.Leads, Guid.Parse(request.LeadId), cancellationToken) is not { } lead)
            return LeadErrors.NotFound(request.LeadId);
        var scorer = await LeadScorer.OfAsync(db, time, cancellationToken);
        var response = new V1.ExplainLeadScoreResponse();
        if (scorer.ScoreOf(lead) is { } score)
            response.Score = score;
        foreach (var (rule, condition) in scorer.Holding(lead))
        {
            // That it holds would tell what is in what it reads.
            if (scorer.IsShown(condition))
                response.Parts.Add(new V1.LeadScorePart { Rule = rule.Name, Points = rule.Points });
            else
                response.Partial = true;
        }

        return response;
    }
}
