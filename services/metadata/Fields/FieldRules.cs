using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.RollUps;
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
        var others = await OthersAsync(field, db, cancellationToken);
        var kept = field.Type switch
        {
            V1.FieldType.Formula => WithType(canonical, others),
            V1.FieldType.RollUp => RollUpRules.Check(canonical, others),
            _ => await PlainAsync(canonical, db, cancellationToken),
        };
        if (kept.IsError || others.Count == 0)
            return kept;
        if (field.Type == V1.FieldType.RollUp && FormulaRules.BrokenBy(kept.Value, [.. others.Where(other => other.Resource == field.Resource)]) is { } wrong)
            return wrong;
        return RollUpRules.BrokenBy((await db.WithChoicesAsync([kept.Value.Clone()], cancellationToken))[0], others) is { } broken ? broken : kept;
    }

    /// <summary>Why the field cannot be deleted: a formula or a roll-up reads it; null where none does.</summary>
    public static async Task<Error?> ReaderOfAsync(V1.Field field, MetadataDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Fields.AsNoTracking().Where(row => row.Resource == field.Resource && row.DeleteTime == null).ToListAsync(cancellationToken);
        if (FormulaRules.ReaderOf(field, [.. rows.Select(row => row.ToMessage())]) is { } formula)
            return FieldErrors.InUse(formula);
        var others = await OthersAsync(field, db, cancellationToken);
        return RollUpRules.ReaderOf(field, others) is { } rollUp ? FieldErrors.IsCounted(rollUp) : null;
    }

    private static Result<V1.Field> WithType(V1.Field formula, IReadOnlyCollection<V1.Field> others)
    {
        var typed = FormulaRules.Check(formula, [.. others.Where(other => other.Resource == formula.Resource)]);
        return typed is not { IsError: true, Error.Code: "FORMULA_CYCLE" } && RollUpRules.CycleOf(formula, others) is { } cycle ? cycle : typed;
    }

    private static Task<Result<V1.Field>> PlainAsync(V1.Field field, MetadataDbContext db, CancellationToken cancellationToken)
    {
        field.ResultType = V1.FieldType.Unspecified;
        return db.WithStoredDefaultAsync(field, cancellationToken);
    }

    // What the field may read, and the formulas and roll-ups by way of which it may read itself, through other kinds of records; nothing where nothing reads or is read.
    private static async Task<IReadOnlyList<V1.Field>> OthersAsync(V1.Field field, MetadataDbContext db, CancellationToken cancellationToken)
    {
        var rollUps = await db.Fields.AsNoTracking().Where(row => row.Type == V1.FieldType.RollUp && row.DeleteTime == null).ToListAsync(cancellationToken);
        var counted = field.RollUp?.Resource ?? field.Resource;
        var reads = field.Type is V1.FieldType.Formula or V1.FieldType.RollUp;
        if (!reads && !rollUps.Exists(row => row.Definition.RollUp?.Resource == counted))
            return [];
        var rows = await db.Fields.AsNoTracking().Where(row => (row.Resource == field.Resource || row.Resource == counted || (reads && row.Type == V1.FieldType.Formula)) && row.Type != V1.FieldType.RollUp && row.DeleteTime == null).ToListAsync(cancellationToken);
        var others = rows.Concat(rollUps).Where(row => row.Resource != field.Resource || row.Key != field.Key);
        return await db.WithChoicesAsync(others.Select(row => row.ToMessage()), cancellationToken);
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
