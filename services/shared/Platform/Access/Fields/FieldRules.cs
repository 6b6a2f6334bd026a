using Platform.Tenants.V1;

namespace Platform.Access.Fields;

/// <summary>What is left of the fields of one resource: the most specific policy that speaks of a field decides, of equals the strictest.</summary>
public sealed class FieldRules
{
    private static readonly string[] Sums = ["amount", "total", "net_total", "line_items"];

    private readonly Dictionary<string, (FieldAccess Access, AccessPolicy Policy)> _fields;
    private readonly HashSet<string> _derived;

    private FieldRules(Dictionary<string, (FieldAccess Access, AccessPolicy Policy)> fields, HashSet<string> derived)
    {
        (_fields, _derived) = (fields, derived);
        Restricted = [.. fields.Where(field => field.Value.Access > FieldAccess.Full).Select(field =>
            new RestrictedField(field.Key, field.Value.Access, ReferenceEquals(field.Value.Policy, Confidential)) { IsDerived = derived.Contains(field.Key) })];
        Unreadable = [.. Restricted.Where(field => field.Access >= FieldAccess.Masked)];
    }

    // What is told in the company's currency, and what lines add up to, follows the rules of what it is made of, the strictest, unless
    // one speaks of itself.
    private static readonly (string Reported, string[] MadeOf)[] Reported =
    [
        ("reporting_amount", ["amount", "currency"]), ("reporting_total", ["total", "currency"]), ("reporting_rate", ["currency"]), ("expected_revenue", ["amount"]),
        ("line_items.total", ["line_items.net", "line_items.unit_price"]), ("one_off_amount", Sums), ("monthly_recurring", Sums), ("yearly_recurring", Sums),
        ("splits.amount", Sums),
    ];

    // What there is beside a main one follows the rules of that, unless one speaks of itself.
    private static readonly (string Others, string Main, string Inside)[] Beside =
        [("other_emails", "email", "other_emails"), ("other_phones", "phone", "other_phones"), ("other_addresses", "address", "other_addresses.address"), (PhoneE164, "phone", PhoneE164)];

    private const string PhoneE164 = "phone_e164";

    // In place of a policy, for fields that are confidential by their definition.
    private static AccessPolicy Confidential { get; } = new() { Name = "Confidential field" };

    /// <summary>In place of a policy, for roll-ups of what the person may not read in another service.</summary>
    internal static AccessPolicy OtherService { get; } = new() { Name = "Records of another service" };

    /// <summary>Nothing is restricted.</summary>
    public static FieldRules None { get; } = new([], []);

    /// <summary>Fields with less than full access.</summary>
    internal IReadOnlyList<RestrictedField> Restricted { get; }

    /// <summary>Of these, the ones that are not shown as they are.</summary>
    internal IReadOnlyList<RestrictedField> Unreadable { get; }

    /// <summary>Whether the field is shown as it is, and may be filtered and ordered by.</summary>
    /// <param name="path">In the names of the .proto.</param>
    public bool IsReadable(string path) => AccessOf(path) < FieldAccess.Masked;

    /// <summary>Whether the field may be written.</summary>
    /// <param name="path">In the names of the .proto.</param>
    public bool IsWritable(string path) => AccessOf(path) <= FieldAccess.Full;

    /// <summary>Whether a list may be filtered and ordered by the field: it is shown as it is, and so is all that is in it.</summary>
    /// <param name="path">In the names of the .proto.</param>
    public bool MayNarrowBy(string path) => IsReadable(path) && !Unreadable.Any(field => field.Path.StartsWith($"{path}.", StringComparison.Ordinal));

    /// <summary>What is left of the field.</summary>
    /// <param name="path">In the names of the .proto.</param>
    public FieldAccess AccessTo(string path) => AccessOf(path);

    /// <summary>The same, where more is hidden.</summary>
    /// <param name="paths">What is hidden, each with the policy that is the reason.</param>
    /// <param name="unwritten">Whether nobody writes these, so that they keep nobody from writing what lies beside them.</param>
    internal FieldRules Hiding(IReadOnlyCollection<(string Path, AccessPolicy Because)> paths, bool unwritten = false)
    {
        if (paths.Count == 0)
            return this;
        var fields = new Dictionary<string, (FieldAccess Access, AccessPolicy Policy)>(_fields, StringComparer.Ordinal);
        foreach (var (path, because) in paths)
            fields[path] = (FieldAccess.Hidden, because);
        return new FieldRules(fields, unwritten ? [.. _derived, .. paths.Select(path => path.Path)] : _derived);
    }

    /// <summary>The same, where fields that repeat those of other kinds are left as those are, unless a rule speaks of themselves.</summary>
    /// <param name="repeats">The fields.</param>
    /// <param name="rulesOf">The rules of a kind.</param>
    internal FieldRules Repeating(IReadOnlyList<RepeatedField> repeats, Func<string, FieldRules> rulesOf)
    {
        var fields = new Dictionary<string, (FieldAccess Access, AccessPolicy Policy)>(_fields, StringComparer.Ordinal);
        foreach (var field in repeats)
        {
            // What may not be written there may not be read here all the same.
            if (rulesOf(field.Resource).Find(field.Source) is { Access: >= FieldAccess.Masked, Policy: { } because } rule)
                fields.TryAdd(field.Path, (rule.Access, because));
        }

        return fields.Count == _fields.Count ? this : new FieldRules(fields, _derived);
    }

    /// <summary>The policy by which lists are not narrowed by a field.</summary>
    internal AccessPolicy BehindOf(string path) =>
        Find(path).Policy ?? Unreadable.Where(field => field.Path.StartsWith($"{path}.", StringComparison.Ordinal)).Select(field => _fields[field.Path].Policy).First();

    /// <summary>The same, where those that are not hidden anyway are masked, because they are confidential.</summary>
    /// <param name="paths">Of confidential fields.</param>
    internal FieldRules Masking(IReadOnlyCollection<string> paths)
    {
        if (paths.All(path => AccessOf(path) > FieldAccess.Masked))
            return this;
        var fields = new Dictionary<string, (FieldAccess Access, AccessPolicy Policy)>(_fields, StringComparer.Ordinal);
        foreach (var path in paths.Where(path => AccessOf(path) <= FieldAccess.Masked))
            fields[path] = (FieldAccess.Masked, Confidential);
        return new FieldRules(fields, _derived);
    }

    internal static FieldRules Of(IEnumerable<AccessPolicy> policies, ResourceInfo? resource = null)
    {
        var rules = policies.SelectMany(policy => policy.FieldRules.Select(rule => (rule.Path, rule.Access, Policy: policy)));
        var fields = rules.GroupBy(rule => rule.Path, StringComparer.Ordinal).ToDictionary(group => group.Key, group =>
        {
            var first = group.OrderByDescending(rule => rule.Policy.Specificity).ThenByDescending(rule => rule.Access).ThenBy(rule => rule.Policy.Name, StringComparer.Ordinal).First();
            return (first.Access, first.Policy);
        }, StringComparer.Ordinal);
        var derived = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (reported, madeOf) in Reported)
        {
            // A part of one, such as amount.amount, is enough.
            var behind = fields.Where(rule => madeOf.Any(part => rule.Key == part || rule.Key.StartsWith($"{part}.", StringComparison.Ordinal))).Select(rule => rule.Value);
            if (behind.OrderByDescending(rule => rule.Access).FirstOrDefault() is { Policy: not null } strictest && fields.TryAdd(reported, strictest))
                derived.Add(reported);
        }

        foreach (var (others, main, inside) in Beside.Where(beside => resource?.Message.FindFieldByName(beside.Others) is not null && !fields.Keys.Any(path => IsIn(path, beside.Others))))
        {
            foreach (var (path, rule) in fields.Where(rule => IsIn(rule.Key, main)).ToList())
                fields[path == main ? others : inside + path[main.Length..]] = rule;
            // Nobody writes it.
            if (others == PhoneE164 && fields.ContainsKey(others))
                derived.Add(others);
        }

        foreach (var judged in resource?.Judged ?? [])
        {
            // It would tell what is in any of them. What may not be written may be read all the same.
            var behind = fields.Where(rule => rule.Value.Access >= FieldAccess.Masked && resource!.Filterable.Contains(rule.Key.Split('.')[0])).OrderBy(rule => rule.Key, StringComparer.Ordinal).FirstOrDefault();
            if (behind.Key is not null && fields.TryAdd(judged, (FieldAccess.Hidden, behind.Value.Policy)))
                derived.Add(judged);
        }

        return new FieldRules(fields, derived);
    }

    /// <summary>What holds for the path: its own rule or that of what it is a part of, whichever is stricter.</summary>
    internal (FieldAccess Access, AccessPolicy? Policy) Find(string path)
    {
        var found = ((FieldAccess Access, AccessPolicy? Policy))(FieldAccess.Full, null);
        for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (_fields.TryGetValue(path[..end], out var rule) && (found.Policy is null || rule.Access > found.Access))
                found = rule;
        }

        return found;
    }

    private static bool IsIn(string path, string field) => path == field || path.StartsWith($"{field}.", StringComparison.Ordinal);

    private FieldAccess AccessOf(string path) => _fields.Count == 0 ? FieldAccess.Full : Find(path).Access;
}

/// <summary>A field with less than full access.</summary>
/// <param name="Path">In the names of the .proto.</param>
/// <param name="Access">What is left.</param>
/// <param name="IsConfidential">By the definition of the field, not by a policy.</param>
internal sealed record RestrictedField(string Path, FieldAccess Access, bool IsConfidential = false)
{
    /// <summary>
    /// No rule speaks of it, but of what it is reckoned from. Nobody writes it, so it keeps nobody from writing what lies beside it: whose
    /// amounts are fixed may still share out the credit.
    /// </summary>
    public bool IsDerived { get; init; }

    /// <summary>The names of the path.</summary>
    public string[] Segments { get; } = Path.Split('.');
}
