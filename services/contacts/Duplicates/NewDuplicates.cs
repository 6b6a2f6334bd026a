using Google.Protobuf;
using Grpc.Core;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Duplicates;

/// <summary>Looks for those that a new record may be, where a rule says that somebody is to be told.</summary>
internal static class NewDuplicates
{
    /// <summary>Names the ids of those that the new record matches.</summary>
    public const string Header = "x-duplicates";

    private const int MostTold = 10;

    /// <summary>Why the record is not made; null where it may be, and then the header may name others.</summary>
    public static async Task<Error?> CheckAsync(DuplicateKind kind, IMessage record, bool isAllowed, ContactsDbContext db, ServerCallContext call)
    {
        // Who may see no record is told of none.
        if (!db.Caller.Permissions.Contains(Permissions.Read))
            return null;
        var telling = (await DuplicateRuleSet.OfAsync(db, kind, call.CancellationToken)).Rules
            .Where(rule => rule.Action is V1.DuplicateAction.Warn or V1.DuplicateAction.Refuse && kind.IsOpenTo(db.Caller, rule)).ToList();
        if (telling.Count == 0)
            return null;
        var matches = await FindAsync(kind, record, telling, db, call.CancellationToken);
        if (matches.Count == 0)
            return null;
        var ids = matches.Select(match => match.Id.ToString()).Distinct().Take(MostTold).ToList();
        if (!isAllowed && matches.Exists(match => match.Rule.Action == V1.DuplicateAction.Refuse))
            return Refused(ids);
        call.GetHttpContext().Response.Headers[Header] = string.Join(", ", ids);
        return null;
    }

    private static Error Refused(List<string> ids)
    {
        var error = Error.AlreadyExists("DUPLICATE", Say($"There is such a record already: {string.Join(", ", ids)}. Use that one, or allow duplicates."));
        return error with { Violations = [.. ids.Select((id, i) => new FieldViolation($"duplicates[{i}]", id))] };
    }

    // The surest first. Only records that the caller may see are loaded.
    private static async Task<List<(Guid Id, V1.DuplicateRule Rule, int Score)>> FindAsync(
        DuplicateKind kind, IMessage record, IReadOnlyCollection<V1.DuplicateRule> rules, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var found = await Candidates.FindAsync(kind, rules, [record], db, cancellationToken);
        var others = await kind.LoadAsync(db, [.. found.Select(candidate => candidate.Id)], cancellationToken);
        return [.. others.SelectMany(other => rules.Select(rule => (Id: other.Key, Rule: rule, Score: rule.Score(record, other.Value))))
            .Where(match => match.Score > 0).OrderByDescending(match => match.Score).ThenBy(match => match.Id)];
    }
}
