using Platform.Access;
using Platform.Contacts.Segments;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Filtering;

namespace Platform.Contacts.Leads.Scoring;

/// <summary>Finds out what a company's rules give leads, in the transaction that writes them; a rule that no longer fits its fields gives nothing.</summary>
internal sealed class LeadScorer
{
    /// <summary>The field of leads.</summary>
    public const string Field = "score";

    private const int Most = 100;

    private readonly FilterContext _context;
    private readonly string _zone;
    private readonly bool _hasRules;
    private readonly List<(V1.LeadScoringRule Rule, BoundFilter<Lead> Condition)> _rules;

    private LeadScorer(V1.LeadScoring scoring, FilterContext context)
    {
        (_context, _zone, _hasRules) = (context, scoring.TimeZone, scoring.Rules.Count > 0);
        _rules = [.. scoring.Rules.Select(rule => (rule, Bound: Bind(rule.Filter, context, strict: false))).Where(rule => !rule.Bound.IsError).Select(rule => (rule.rule, rule.Bound.Value!))];
    }

    /// <summary>By the company's rules as the open transaction sees them.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="now">The moment by which dates are meant; by the clock where there is none.</param>
    /// <exception cref="Grpc.Core.RpcException">METADATA_UNAVAILABLE: a rule reads a field of the company, and nobody can tell what fields it has.</exception>
    public static async Task<LeadScorer> OfAsync(ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken, DateTimeOffset? now = null)
    {
        var scoring = await LeadScoringSet.OfAsync(db, cancellationToken);
        var context = FilterContext.Of(db, time, scoring.TimeZone);
        var scorer = new LeadScorer(scoring, now is { } moment ? context with { Now = moment } : context);
        // Nobody would know that what is stored is not right.
        if (db.Caller.CustomFields is null && scorer._rules.Exists(rule => rule.Condition.Fields.Any(field => field.StartsWith(ResourceInfo.CustomFieldsPrefix, StringComparison.Ordinal))))
            throw CustomFieldErrors.Unavailable.ToRpcException();
        return scorer;
    }

    /// <summary>Ties a condition to leads: as other rules do, but for what it gives itself, and for what is confidential, which the score would tell.</summary>
    public static Result<BoundFilter<Lead>> Bind(string filter, FilterContext context, bool strict)
    {
        var bound = LeadConditions.Bind(filter, context, strict);
        if (bound.IsError)
            return bound;
        if (bound.Value.Fields.Contains(Field))
            return Error.Invalid("filter", "The score is what the rules give: a condition of theirs does not ask for it.");
        return bound.Value.Fields.Any(field => IsConfidential(field, context))
            ? Error.Invalid("filter", "A condition here does not ask for a confidential field: the score would tell it.") : bound;
    }

    /// <summary>What the rules give the lead; null where there are none.</summary>
    public int? ScoreOf(Lead lead) => _hasRules ? Math.Clamp(Holding(lead).Sum(rule => rule.Rule.Points), 0, Most) : null;

    /// <summary>The rules that hold for the lead, in their order.</summary>
    public IEnumerable<(V1.LeadScoringRule Rule, BoundFilter<Lead> Condition)> Holding(Lead lead) => _rules.Where(rule => rule.Condition.Evaluate(lead, _context));

    /// <summary>Whether the caller sees all that a condition reads.</summary>
    public bool IsShown(BoundFilter<Lead> condition) => condition.CheckReadable(_context, Lead.Resource.Info.Name) is null;

    /// <summary>Gives the lead its score.</summary>
    public void Judge(Lead lead) => lead.Judge(ScoreOf(lead));

    /// <summary>When scores change by themselves next; null where only changes of leads change them.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset now) =>
        _rules.Select(rule => SegmentFilters.NextChange(rule.Condition.Filter, rule.Condition.FieldsOf(Lead.Resource.Info.Name), _zone, now)).Min();

    private static bool IsConfidential(string field, FilterContext context) => field.StartsWith(ResourceInfo.CustomFieldsPrefix, StringComparison.Ordinal)
        && context.CustomFields?.Of(Lead.Resource.Info.Name).Find(field[ResourceInfo.CustomFieldsPrefix.Length..])?.Type == FieldType.Confidential;
}
