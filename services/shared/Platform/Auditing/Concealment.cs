using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.V1;
using Platform.Data;

namespace Platform.Auditing;

/// <summary>What the log holds of a record's custom fields: confidential ones by name only, and so those of which nothing is known.</summary>
/// <param name="fields">The fields that the company has on the record; null where they are not known.</param>
internal sealed class Concealment(ResourceFields? fields)
{
    /// <summary>In place of a value.</summary>
    public const string Concealed = "***";

    /// <summary>In place of a value that has replaced another one: without either, the entry tells which field it was.</summary>
    public const string Replaced = "*** changed";

    /// <summary>What holds for that entity.</summary>
    public static Concealment? Of(PlatformDbContext db, object entity) =>
        entity is ProtectedEntity record && record.AccessResource().Info is { HasCustomFields: true } info ? new Concealment(db.Caller.CustomFields?.Of(info.Name)) : null;

    /// <summary>The custom fields as they are told.</summary>
    /// <param name="stored">What they hold.</param>
    /// <param name="former">What they held before; null where nothing has changed.</param>
    public Struct Apply(Struct stored, Struct? former = null)
    {
        // Formulas follow from the other fields.
        var told = ResourceFields.Without(stored, ResourceFormulas.IsComputed);
        if (told.Fields.Keys.All(IsTold))
            return told;
        var concealed = told.Clone();
        foreach (var key in told.Fields.Keys.Where(key => !IsTold(key)))
            concealed.Fields[key] = Value.ForString(IsReplaced(key, stored, former) ? Replaced : Concealed);
        return concealed;
    }

    // What came or went shows by itself.
    private static bool IsReplaced(string key, Struct stored, Struct? former) =>
        former is not null && former.Fields.TryGetValue(key, out var was) && !stored.Fields[key].Equals(was);

    private bool IsTold(string key) => fields?.Find(key) is { Type: not FieldType.Confidential };
}
