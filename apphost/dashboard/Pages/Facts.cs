using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Dashboard.Pages;

/// <summary>Names with their values; those without one are left out, and JSON is set so that it can be read.</summary>
internal static class Facts
{
    private const int Long = 90;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Html Of(IEnumerable<(string Name, string Value)> facts) => Html.Of(
        $"""<dl class="facts">{facts.Where(fact => fact.Value.Length > 0).Select(fact => Row(fact.Name, Readable(fact.Value)))}</dl>""");

    private static Html Row(string name, string value) => Html.Of($"""<div{new Html(value.Length > Long ? " class=\"long\"" : "")}><dt>{name}</dt><dd>{value}</dd></div>""");

    private static string Readable(string value)
    {
        if (value[0] is not ('{' or '['))
            return value;
        try
        {
            return JsonNode.Parse(value)?.ToJsonString(Indented) ?? value;
        }
        catch (JsonException)
        {
            return value;
        }
    }
}
