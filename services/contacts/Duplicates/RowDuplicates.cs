using Google.Protobuf;

namespace Platform.Contacts.Duplicates;

/// <summary>What becomes of a row that may be a record that is there.</summary>
internal enum RowVerdict
{
    /// <summary>It is not imported.</summary>
    Reject,

    /// <summary>It makes a record, and is told of.</summary>
    Warn,

    /// <summary>It fills what is empty in the other record.</summary>
    Fill,
}

/// <summary>The record that a row is most likely the same as.</summary>
internal sealed record RowMatch(Guid OtherId, RowVerdict Verdict);

/// <summary>Looks for those that the rows of a batch may be; only records that the caller may see.</summary>
internal static class RowDuplicates
{
    private const int DefaultScore = 80;

    public static async Task<IReadOnlyDictionary<IMessage, RowMatch>> FindAsync(
        DuplicateKind kind, IReadOnlyList<IMessage> drafts, V1.ImportOptions options, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var matches = new Dictionary<IMessage, RowMatch>(ReferenceEqualityComparer.Instance);
        if (drafts.Count == 0 || options.Duplicates == V1.ImportDuplicates.Create || !db.Caller.Permissions.Contains(Permissions.Read))
            return matches;
        // By a rule that is never as sure as is asked for nobody is looked for.
        var rules = (await DuplicateRuleSet.OfAsync(db, kind, cancellationToken)).Rules
            .Where(rule => Counts(rule, options) && rule.MostScore() >= LeastOf(options) && kind.IsOpenTo(db.Caller, rule)).ToList();
        var found = await Candidates.FindAsync(kind, rules, drafts, db, cancellationToken);
        var others = found.Count == 0 ? [] : await kind.LoadAsync(db, [.. found.Select(row => row.Id).Distinct()], cancellationToken);
        foreach (var row in found.GroupBy(row => row.Place, row => row.Id))
        {
            var candidates = row.Where(others.ContainsKey).SelectMany(id => rules.Select(rule => (Id: id, Rule: rule, Score: rule.Score(drafts[row.Key], others[id]))));
            if (Decide([.. candidates.Where(match => match.Score > 0)], options) is { } match)
                matches[drafts[row.Key]] = match;
        }

        return matches;
    }

    // Without a word of the caller, the rules say what is told and what is refused.
    private static bool Counts(V1.DuplicateRule rule, V1.ImportOptions options) =>
        options.Duplicates != V1.ImportDuplicates.Unspecified || rule.Action is V1.DuplicateAction.Warn or V1.DuplicateAction.Refuse;

    private static int LeastOf(V1.ImportOptions options) =>
        options.Duplicates == V1.ImportDuplicates.Unspecified ? 1 : options.DuplicateScore == 0 ? DefaultScore : options.DuplicateScore;

    private static RowMatch? Decide(List<(Guid Id, V1.DuplicateRule Rule, int Score)> matches, V1.ImportOptions options)
    {
        var sure = matches.Where(match => match.Score >= LeastOf(options)).OrderByDescending(match => match.Score).ThenBy(match => match.Id).ToList();
        if (sure.Count == 0)
            return null;
        return new RowMatch(sure[0].Id, options.Duplicates switch
        {
            V1.ImportDuplicates.Skip => RowVerdict.Reject,
            V1.ImportDuplicates.Fill => RowVerdict.Fill,
            V1.ImportDuplicates.Unspecified when sure.Exists(match => match.Rule.Action == V1.DuplicateAction.Refuse) => RowVerdict.Reject,
            _ => RowVerdict.Warn,
        });
    }
}
