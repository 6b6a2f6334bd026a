using Google.Protobuf;
using Platform.Common.V1;
using Platform.Contacts.ContactPoints;

namespace Platform.Contacts.Duplicates;

/// <summary>Whether two records are the same by a rule.</summary>
internal static class Matching
{
    public const int DefaultScore = 80;
    private const double DefaultSimilarity = 0.6;

    /// <summary>How sure the rule can be at most, 1 to 100.</summary>
    public static int MostScore(this V1.DuplicateRule rule) => rule.Score == 0 ? DefaultScore : rule.Score;

    /// <summary>How sure the rule is of it, 1 to 100; 0 where a condition does not hold.</summary>
    public static int Score(this V1.DuplicateRule rule, IMessage left, IMessage right)
    {
        var least = 1.0;
        foreach (var condition in rule.Conditions)
        {
            least = Math.Min(least, Agreement(condition, left, right));
            if (least == 0)
                return 0;
        }

        // What is only similar counts from half on.
        return Math.Max(1, (int)Math.Round(rule.MostScore() * (1 + least) / 2));
    }

    // Of e-mails and phones a record may have several: the two that agree most.
    private static double Agreement(V1.MatchCondition condition, IMessage left, IMessage right) => condition.Field switch
    {
        "email" => Most(DuplicateKind.EmailsOf(left), [.. DuplicateKind.EmailsOf(right)], (one, other) => Agreement(condition, one.Trim(), other.Trim())),
        "phone" => Most(PhonesOf(left), [.. PhonesOf(right)], (one, other) => OfPhones(condition, one, other)),
        _ => Agreement(condition, DuplicateKind.Text(left, condition.Field).Trim(), DuplicateKind.Text(right, condition.Field).Trim()),
    };

    private static double Most<T>(IEnumerable<T> left, IReadOnlyList<T> right, Func<T, T, double> agreement) => left.SelectMany(one => right.Select(other => agreement(one, other))).DefaultIfEmpty().Max();

    // Numbers that are both understood are the same where they are called alike; of others, digits are compared.
    private static double OfPhones(V1.MatchCondition condition, (string Typed, string? E164) left, (string Typed, string? E164) right) =>
        condition.Method == V1.MatchMethod.Normalised && left.E164 is { } one && right.E164 is { } other ? AreSame(one, other) : Agreement(condition, left.Typed, right.Typed);

    // One that is not saved yet does not have E.164.
    private static IEnumerable<(string Typed, string? E164)> PhonesOf(IMessage message)
    {
        var country = (message.Descriptor.FindFieldByName("address")?.Accessor.GetValue(message) as Address)?.Country;
        return DuplicateKind.PhonesOf(message).Select(phone => (phone.Number.Trim(), phone.E164.Length > 0 ? phone.E164 : PhoneText.ToE164(phone.Number, country)));
    }

    private static double Agreement(V1.MatchCondition condition, string left, string right) => condition.Method switch
    {
        _ when left.Length == 0 || right.Length == 0 => 0,
        V1.MatchMethod.Exact => left == right ? 1 : 0,
        V1.MatchMethod.Phonetic => AreSame(MatchTexts.SoundOf(left), MatchTexts.SoundOf(right)),
        V1.MatchMethod.Similar => AtLeast(condition.MinSimilarity == 0 ? DefaultSimilarity : condition.MinSimilarity / 100.0, MatchTexts.Similarity(left, right)),
        _ => AreSame(MatchTexts.Normalise(condition.Field, left), MatchTexts.Normalise(condition.Field, right)),
    };

    private static double AreSame(string left, string right) => left.Length > 0 && left == right ? 1 : 0;

    private static double AtLeast(double minimum, double similarity) => similarity >= minimum ? similarity : 0;
}
