using Method = Platform.Contacts.V1.MatchMethod;

namespace Platform.Contacts.Duplicates;

/// <summary>A column by which records are found that may be the same.</summary>
/// <param name="Column">The column; it has an index.</param>
/// <param name="Key">What it would hold for a record, as SQL with a place for each argument.</param>
/// <param name="Arguments">The fields that are put there.</param>
/// <param name="Serves">Whether all that a rule matches has the same value there.</param>
internal sealed record Anchor(string Column, string Key, IReadOnlyList<string> Arguments, Func<V1.DuplicateRule, bool> Serves)
{
    /// <summary>By what its <see cref="MatchPoint"/>s are known, where a record may have several such values; null where it has one.</summary>
    public string? Others { get; init; }

    private static readonly Anchor Email = new("lower_email", "nullif(lower({0}), '')", ["email"], rule => Has(rule, "email", Method.Exact, Method.Normalised)) { Others = "email" };
    private static readonly Anchor Phone = new("match_phone", "platform.phone_key({0})", ["phone"], rule => Has(rule, "phone", Method.Exact, Method.Normalised)) { Others = "phone" };

    /// <summary>Of people and leads, the most telling first.</summary>
    public static IReadOnlyList<Anchor> OfPeople { get; } =
    [
        Email,
        Phone,
        new("match_name", "platform.person_key({0}, {1})", ["last_name", "first_name"], rule => Has(rule, "first_name", Method.Exact, Method.Normalised, Method.Phonetic) && Has(rule, "last_name")),
        new("match_part", "platform.sound_key({0})", ["last_name"], rule => Has(rule, "last_name")),
    ];

    /// <summary>Of companies: those that only have a similar name begin with a word that sounds the same.</summary>
    public static IReadOnlyList<Anchor> OfCompanies { get; } =
    [
        Email,
        Phone,
        new("match_name", "platform.company_name_key({0})", ["name"], rule => Has(rule, "name", Method.Exact, Method.Normalised, Method.Phonetic)),
        new("match_part", "platform.company_name_part({0})", ["name"], rule => Has(rule, "name")),
    ];

    // By any method where none is named.
    private static bool Has(V1.DuplicateRule rule, string field, params Method[] methods) =>
        rule.Conditions.Any(condition => condition.Field == field && (methods.Length == 0 || methods.Contains(condition.Method)));
}
