using System.Text.RegularExpressions;
using Platform.Identity.Realms;

namespace Platform.Identity.Passwords;

/// <summary>
/// What those try first who know the person or the company: a password that consists of such words, and of little beside them, is
/// refused. Within a sentence they are harmless.
/// </summary>
internal static partial class ContextWords
{
    private const int ShortestWord = 3;
    private const int LettersBeside = 4;

    // What the product is called and what it is about, in the languages of its pages.
    private static readonly string[] Product =
    [
        "platform", "crm", "sales", "customer", "company", "admin", "administrator", "manager", "support", "finance", "login", "password", "welcome",
        "платформа", "продажи", "клиент", "компания", "админ", "администратор", "менеджер", "поддержка", "финансы", "пароль", "привет",
    ];

    public static bool AreMostOf(string password, UserDocument user, IEnumerable<OrganizationDocument> organizations)
    {
        var plain = password.ToLowerInvariant();
        var rest = WordsOf(user, organizations).OrderByDescending(word => word.Length).Aggregate(plain, (left, word) => left.Replace(word, " ", StringComparison.Ordinal));
        return rest != plain && rest.Count(char.IsLetter) < LettersBeside;
    }

    private static IEnumerable<string> WordsOf(UserDocument user, IEnumerable<OrganizationDocument> organizations) =>
        organizations.SelectMany(organization => new[] { organization.Name, organization.DisplayName, organization.Handle })
            .Concat([user.Username, user.Email, user.FirstName, user.LastName])
            .SelectMany(text => Word().Matches(text?.ToLowerInvariant() ?? "").Select(match => match.Value))
            .Where(word => word.Length >= ShortestWord)
            .Concat(Product)
            .Distinct();

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();
}
