using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields;
using Platform.CustomFields.Formulas;
using Platform.Errors;
using Platform.Metadata.Dictionaries;
using static Platform.Languages.Wording;

namespace Platform.Metadata.Fields;

/// <summary>What holds for fields as a whole.</summary>
internal static partial class FieldRules
{
    /// <summary>Custom fields of one resource, deleted ones that can be restored among them.</summary>
    public const int MaxFields = 500;

    /// <summary>The resources that have custom fields.</summary>
    public static IReadOnlyList<ResourceInfo> Resources { get; } = [.. ResourceCatalogue.All.Where(resource => resource.Message.FindFieldByName("custom_fields") is not null)];

    public static string ResourceAdvice => Say($"Use one of {string.Join(", ", Resources.Select(resource => resource.Name))}, or records. and the key of an object of your own.");

    /// <summary>Whether it can have custom fields; whether the company has such an object is another question.</summary>
    public static bool IsResource(string name) => ResourceCatalogue.Find(name) is { HasCustomFields: true };

    /// <summary>Lower case, digits and _, as the names of the API.</summary>
    [GeneratedRegex(@"\A[a-z][a-z0-9]*(_[a-z0-9]+)*\z")]
    public static partial Regex Key();

    /// <summary>The field as it is kept: a formula with the type of its values, a default in its stored form; or what is wrong with it.</summary>
    /// <param name="field">As it was sent.</param>
    /// <param name="db">The fields that there are.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<Result<V1.Field>> CanonicalAsync(V1.Field field, MetadataDbContext db, CancellationToken cancellationToken)
    {
        var canonical = field.Clone();
        canonical.VisibleWhen = field.VisibleWhen.Trim();
        if (canonical.VisibleWhen.Length > 0 && FilterableFields.Check(ResourceCatalogue.Find(field.Resource)!, canonical.VisibleWhen) is { } fault)
            return fault with { Violations = [new FieldViolation("field.visibleWhen", fault.Message)] };
        // Two records never have the same number.
        canonical.Unique |= field.Type == V1.FieldType.AutoNumber;
        if (field.Type != V1.FieldType.Formula)
        {
            canonical.ResultType = V1.FieldType.Unspecified;
            return await db.WithStoredDefaultAsync(canonical, cancellationToken);
        }

        return FormulaRules.Check(canonical, await OthersAsync(field, db, cancellationToken));
    }

    /// <summary>The formula that reads the field; null where none does.</summary>
    public static async Task<string?> ReaderOfAsync(V1.Field field, MetadataDbContext db, CancellationToken cancellationToken) =>
        FormulaRules.ReaderOf(field, [.. await OthersAsync(field, db, cancellationToken), field]);

    private static async Task<List<V1.Field>> OthersAsync(V1.Field field, MetadataDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Fields.AsNoTracking().Where(row => row.Resource == field.Resource && row.Key != field.Key && row.DeleteTime == null).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToMessage())];
    }

    /// <summary>The field with its default in the form in which values are stored, or why it is no value of the field.</summary>
    public static Result<V1.Field> WithStoredDefault(V1.Field field)
    {
        if (field.DefaultValue is not { } value || DefinedField.IsEmpty(value))
        {
            var without = field.Clone();
            without.DefaultValue = null;
            return without;
        }

        if (field.Unique)
            return Error.Invalid("field.defaultValue", "A unique field has no default: no two records could have it.");
        if (new DefinedField(field).Read(value, stored: null, out var message) is not { } read)
            return Error.Invalid("field.defaultValue", message);
        var with = field.Clone();
        with.DefaultValue = read;
        return with;
    }
}
