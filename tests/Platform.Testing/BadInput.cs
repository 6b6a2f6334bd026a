using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Testing;

/// <summary>A body that a door refuses, and how it says so.</summary>
/// <param name="Json">The body, as text: it may be what no client would write.</param>
/// <param name="Code">The code of the problem.</param>
/// <param name="Field">The field that <c>errors[]</c> names; empty where none is to blame.</param>
/// <param name="Languages">In which of English, German and Russian it is said, each by its own words.</param>
public sealed record BadInput(string Json, string Code, string Field, string Languages = "en ru")
{
    /// <summary>The longest expression of the filter language, and one character more.</summary>
    public static string TooLong { get; } = $"id = {new string('a', 10 * 1024)}";

    /// <summary>An expression that is nested a thousand times.</summary>
    public static string TooDeep { get; } = $"{new string('(', 1_000)}id = 1{new string(')', 1_000)}";

    /// <summary>A name that nothing has, and that is no name.</summary>
    public static string LongName { get; } = new('x', 20_000);

    /// <summary>All that is not refused as it should be; empty where everything is.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(HttpClient rest, HttpMethod method, string path, IEnumerable<BadInput> inputs, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var input in inputs)
        {
            var said = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var language in input.Languages.Split(' '))
            {
                using var request = new HttpRequestMessage(method, path) { Content = new StringContent(input.Json, Encoding.UTF8, "application/json") };
                request.Headers.AcceptLanguage.ParseAdd(language);
                using var answer = await rest.SendAsync(request, cancellationToken);
                var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                if (input.FaultOf(answer, text) is { } fault)
                    faults.Add($"{method} {path} {Short(input.Json)} ({language}) {fault}: {Short(text)}");
                else
                    said[language] = $"{JsonNode.Parse(text)!["detail"]}";
            }

            if (said.TryGetValue("ru", out var russian) && !russian.Any(letter => letter is >= 'а' and <= 'я'))
                faults.Add($"{Short(input.Json)} was not refused in Russian: {Short(russian)}");
            if (said.Values.Distinct(StringComparer.Ordinal).Count() < said.Count)
                faults.Add($"{Short(input.Json)} was refused alike in several languages: {Short(said.Values.First())}");
        }

        return faults;
    }

    private string? FaultOf(HttpResponseMessage answer, string text)
    {
        if (answer.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Conflict))
            return $"was answered with {(int)answer.StatusCode}";
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return "was refused as no problem";
        var problem = JsonNode.Parse(text)!;
        if ($"{problem["code"]}" != Code)
            return $"was refused without {Code}";
        return Field.Length == 0 || problem["errors"]?.AsArray().Any(error => $"{error?["field"]}" == Field && $"{error?["message"]}".Length > 0) is true ? null : $"does not name {Field}";
    }

    private static string Short(string text) => text.Length <= 300 ? text : $"{text[..300]}…";
}
