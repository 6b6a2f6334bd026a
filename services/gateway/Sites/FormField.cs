using Platform.Contacts.V1;
using static Platform.Gateway.Sites.SitePage;

namespace Platform.Gateway.Sites;

/// <summary>A field of a form as HTML: with its label, what was typed, and what is wrong with it.</summary>
internal static class FormField
{
    private const string Text = "text";

    public static string Of(OpenFormField field, string typed, string fault, SiteWords words)
    {
        var id = $"f-{field.Path.Replace('.', '-')}";
        var attributes = $"id=\"{Encode(id)}\" name=\"values.{Encode(field.Path)}\"{(field.Required ? " required" : "")}{FaultAttributes(id, fault)}";
        if (field.Type == "boolean")
            return $"<div class=\"field tick\"><input type=\"checkbox\" {attributes} value=\"true\"{(typed == "true" ? " checked" : "")}><label for=\"{Encode(id)}\">{Encode(field.Label)}</label>{FaultOf(id, fault)}</div>";
        var optional = field.Required ? "" : $" <span class=\"optional\">{Encode(words.Optional)}</span>";
        return $"<div class=\"field\"><label for=\"{Encode(id)}\">{Encode(field.Label)}{optional}</label>{InputOf(field, attributes, typed, words)}{FaultOf(id, fault)}</div>";
    }

    public static string Of(OpenFormConsent consent, bool isGiven, string fault)
    {
        var id = $"c-{consent.Key}";
        return $"<div class=\"field tick\"><input type=\"checkbox\" id=\"{Encode(id)}\" name=\"consents.{Encode(consent.Key)}\" value=\"true\"{(consent.Required ? " required" : "")}{(isGiven ? " checked" : "")}{FaultAttributes(id, fault)}>"
            + $"<label for=\"{Encode(id)}\">{Encode(consent.Text)}</label>{FaultOf(id, fault)}</div>";
    }

    private static string InputOf(OpenFormField field, string attributes, string typed, SiteWords words) => field.Type switch
    {
        "long_text" => $"<textarea {attributes} rows=\"5\">{Encode(typed)}</textarea>",
        "single_choice" => $"<select {attributes}><option value=\"\">{Encode(words.Choose)}</option>{string.Concat(field.Choices.Select(choice => $"<option value=\"{Encode(choice.Key)}\"{(choice.Key == typed ? " selected" : "")}>{Encode(choice.Label)}</option>"))}</select>",
        _ => $"<input type=\"{TypeOf(field.Type)}\" {attributes} value=\"{Encode(typed)}\"{CompletionOf(field.Path)}>",
    };

    private static string TypeOf(string type) => type switch
    {
        "email" or "date" or "url" or "number" => type,
        "phone" => "tel",
        _ => Text,
    };

    // What browsers know of their people.
    private static string CompletionOf(string path) => path switch
    {
        "first_name" => " autocomplete=\"given-name\"",
        "last_name" => " autocomplete=\"family-name\"",
        "name" => " autocomplete=\"name\"",
        "country" => " autocomplete=\"country\"",
        "email" => " autocomplete=\"email\"",
        "phone" => " autocomplete=\"tel\"",
        "company_name" => " autocomplete=\"organization\"",
        "job_title" => " autocomplete=\"organization-title\"",
        _ => "",
    };

    private static string FaultAttributes(string id, string fault) => fault.Length == 0 ? "" : $" aria-invalid=\"true\" aria-describedby=\"{Encode(id)}-fault\"";

    private static string FaultOf(string id, string fault) => fault.Length == 0 ? "" : $"<p class=\"fault\" id=\"{Encode(id)}-fault\">{Encode(fault)}</p>";
}
