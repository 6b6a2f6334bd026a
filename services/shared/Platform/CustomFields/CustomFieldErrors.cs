using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Access;
using Platform.CustomFields.Values;
using Platform.Errors;
using Platform.Tenancy;
using Code = Google.Rpc.Code;
using static Platform.Languages.Wording;

namespace Platform.CustomFields;

/// <summary>What is said of custom fields that cannot be had, or are not unique.</summary>
public static class CustomFieldErrors
{
    /// <summary>Nobody can tell right now which fields and objects of its own the company has: UNAVAILABLE, METADATA_UNAVAILABLE.</summary>
    public static readonly Error Unavailable =
        new(Code.Unavailable, "METADATA_UNAVAILABLE", "What custom fields your company has cannot be asked right now: try again in a moment.");

    /// <summary>What a unique custom field refused; null where something else did.</summary>
    internal static Error? Find(DbUpdateException refused, Caller caller)
    {
        if (refused.InnerException is not PostgresException { ConstraintName: CustomFieldScripts.Unique, ColumnName: { } key })
            return null;
        var record = refused.Entries.Select(entry => entry.Entity).OfType<ProtectedEntity>().FirstOrDefault()?.AccessResource().Info;
        var noun = record is null ? "record" : char.ToLowerInvariant(record.Message.Name[0]) + record.Message.Name[1..];
        return NotUnique($"{noun}.customFields.{key}", (record is null ? null : caller.CustomFields?.Of(record.Name).Find(key)?.Definition.Label) ?? key);
    }

    private static Error NotUnique(string field, string label) =>
        new(Code.AlreadyExists, "CUSTOM_FIELD_NOT_UNIQUE", Say($"{field}: another record has this value of '{label}' already."))
        {
            Violations = [new FieldViolation(field, Say($"Another record has this value of '{label}' already."))],
        };
}
