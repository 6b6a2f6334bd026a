using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Contacts.Leads;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Forms.Intake;

/// <summary>What somebody filled in, as a lead; and what is wrong with it, at the fields of the form.</summary>
internal sealed class Answers(FormScope scope, V1.SubmitOpenFormRequest request)
{
    private const int Longest = 20_000;

    /// <summary>The lead, or each field that is wrong.</summary>
    public Result<V1.Lead> ToLead()
    {
        var wrong = Missing().ToList();
        var lead = new V1.Lead { Source = scope.Definition.Source.Length > 0 ? scope.Definition.Source : "website", CustomFields = new Struct() };
        foreach (var (_, known) in scope.Fields)
            Take(lead, known, wrong);
        // A name that is missing is told of once.
        if (wrong.Count > 0)
            return Error.Invalid(wrong);
        if (((Result<V1.Lead>)lead).Validate(new LeadValidator(), "lead").Error is { } invalid)
            return AtFields(invalid);
        return scope.Db.Caller.PrepareCustomFields(Lead.Resource.Info, lead, stored: null) is { } fault ? AtFields(fault) : lead;
    }

    /// <summary>What was agreed to, in the words that were shown.</summary>
    public IEnumerable<V1.LeadFormConsent> Given => scope.Definition.Consents.Where(consent => request.Consents.Contains(consent.Key));

    /// <summary>The same for the same answers to a form that was opened once, however often they are sent.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string[]>(
        [request.Stamp, .. scope.Fields.Select(asked => $"{asked.Known.Path}={Of(asked.Known.Path)}"), .. Given.Select(consent => consent.Key)])));

    private IEnumerable<FieldViolation> Missing() => scope.Fields.Where(field => field.Asked.Required && Of(field.Known.Path).Length == 0)
        .Select(field => new FieldViolation($"values.{field.Known.Path}", "This is needed."))
        .Concat(scope.Definition.Consents.Where(consent => consent.Required && !request.Consents.Contains(consent.Key)).Select(consent => new FieldViolation($"consents.{consent.Key}", "This is needed.")));

    private string Of(string path) => request.Values.GetValueOrDefault(path, "").Trim();

    private void Take(V1.Lead lead, FormField known, List<FieldViolation> wrong)
    {
        var text = Of(known.Path);
        if (text.Length > Longest)
            wrong.Add(new FieldViolation($"values.{known.Path}", "This is too long."));
        else if (known.Definition is null)
            V1.Lead.Descriptor.FindFieldByName(known.Path).Accessor.SetValue(lead, text);
        else if (text.Length > 0)
            lead.CustomFields.Fields[known.Definition.Key] = ValueOf(known.Type, text);
    }

    // What is no number stays a text, and is refused as one.
    private static Value ValueOf(string type, string text) => type switch
    {
        "boolean" => Value.ForBool(text == "true"),
        "number" when double.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => Value.ForNumber(number),
        _ => Value.ForString(text),
    };

    private Error AtFields(Error error) => error.Violations.Count == 0 ? error : Error.Invalid([.. error.Violations.Select(violation => violation with { Field = $"values.{PathOf(violation.Field)}" })]);

    // lead.customFields.budget → custom_fields.budget, lead.companyName → company_name.
    private string PathOf(string field)
    {
        const string Custom = "lead.customFields.";
        if (field.StartsWith(Custom, StringComparison.Ordinal))
            return $"{ResourceInfo.CustomFields}.{field[Custom.Length..]}";
        var built = V1.Lead.Descriptor.Fields.InDeclarationOrder().FirstOrDefault(known => $"lead.{known.JsonName}" == field)?.Name ?? "";
        // The name that is missing is one that the form asks for.
        return built == "last_name" && scope.Fields.All(asked => asked.Known.Path != built) ? "first_name" : built;
    }
}
