using System.Text.RegularExpressions;
using Platform.Access;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Metadata.Fields;

/// <summary>What holds for fields as a whole.</summary>
internal static partial class FieldRules
{
    /// <summary>Custom fields of one resource, deleted ones that can be restored among them.</summary>
    public const int MaxFields = 500;

    /// <summary>The resources that have custom fields.</summary>
    public static IReadOnlyList<ResourceInfo> Resources { get; } = [.. ResourceCatalogue.All.Where(resource => resource.Message.FindFieldByName("custom_fields") is not null)];

    public static string ResourceAdvice { get; } = $"Use one of {string.Join(", ", Resources.Select(resource => resource.Name))}, or records. and the key of an object of your own.";

    /// <summary>Whether it can have custom fields; whether the company has such an object is another question.</summary>
    public static bool IsResource(string name) => ResourceCatalogue.Find(name) is { HasCustomFields: true };

    /// <summary>Lower case, digits and _, as the names of the API.</summary>
    [GeneratedRegex(@"\A[a-z][a-z0-9]*(_[a-z0-9]+)*\z")]
    public static partial Regex Key();

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
