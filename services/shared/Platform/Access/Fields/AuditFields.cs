using Google.Protobuf.WellKnownTypes;
using Platform.Rest;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Access.Fields;

/// <summary>Field rules on what the audit log tells of a record, before and after.</summary>
internal static class AuditFields
{
    public static ValueTask RedactAsync(Caller caller, string resource, Struct fields, CancellationToken cancellationToken)
    {
        // The log holds no values of confidential fields.
        foreach (var field in (caller.Access?.FieldsOf(resource).Unreadable ?? []).Where(field => !field.IsConfidential))
            Redact(fields, JsonFields.JsonNameOf(field.Segments[0]), field);
        return ValueTask.CompletedTask;
    }

    // What is inside a field is not told apart in the log: the field goes as a whole.
    private static void Redact(Struct fields, string name, RestrictedField field)
    {
        if (!fields.Fields.TryGetValue(name, out var value))
            return;
        if (field is { Access: FieldAccess.Masked, Segments.Length: 1 } && value.KindCase == Value.KindOneofCase.StringValue)
            fields.Fields[name] = Value.ForString(Redaction.Mask(value.StringValue));
        else
            fields.Fields.Remove(name);
    }
}
