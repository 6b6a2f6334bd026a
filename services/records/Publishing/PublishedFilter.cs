using System.Text;

namespace Platform.Records.Publishing;

/// <summary>Which records are shown, as expressions of the filter language, so that they use what is kept beside the records.</summary>
internal static class PublishedFilter
{
    /// <summary>All that are public.</summary>
    public static string Of(PublishedScope scope) => $"custom_fields.{scope.Fields.PublishedField} = true AND custom_fields.{scope.Fields.SlugField} != \"\"";

    /// <summary>The one of that name.</summary>
    public static string Of(PublishedScope scope, string slug) => $"{Of(scope)} AND custom_fields.{scope.Fields.SlugField} = {Quoted(slug)}";

    /// <summary>Those in which a text stands, of one category where one is named.</summary>
    public static string Of(PublishedScope scope, string query, string category)
    {
        var filter = new StringBuilder(Of(scope));
        if (category.Length > 0)
            filter.Append($" AND custom_fields.{scope.Fields.CategoryField} = {Quoted(category)}");
        if (query.Length > 0)
            filter.Append($" AND ({string.Join(" OR ", Searched(scope).Select(field => $"{field} : {Quoted(query)}"))})");
        return filter.ToString();
    }

    private static IEnumerable<string> Searched(PublishedScope scope) =>
        new[] { scope.Fields.SummaryField, scope.Fields.BodyField }.Where(key => scope.Defined(key) is not null).Select(key => $"custom_fields.{key}").Prepend("name");

    // A text, whatever is in it: of what means something within quotes, nothing does.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
            quoted.Append(char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '-' or '_' ? letter : letter == '*' ? "\\*" : $"\\u{(int)letter:x4}");
        return quoted.Append('"').ToString();
    }
}
