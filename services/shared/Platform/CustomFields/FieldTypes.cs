using Platform.CustomFields.V1;

namespace Platform.CustomFields;

/// <summary>What follows from the type of a field.</summary>
public static class FieldTypes
{
    /// <summary>Whether the platform sets its values, and nobody else does.</summary>
    public static bool IsComputed(this Field field) => field.Type is FieldType.Formula or FieldType.AutoNumber or FieldType.RollUp;

    /// <summary>Whether its values lead to records.</summary>
    public static bool IsRelation(this Field field) => field.Type is FieldType.Relation or FieldType.Relations;

    /// <summary>The type that its values have.</summary>
    public static FieldType ValueType(this Field field) => field.Type switch
    {
        FieldType.Formula or FieldType.RollUp => field.ResultType,
        FieldType.AutoNumber or FieldType.Confidential => FieldType.Text,
        _ => field.Type,
    };
}
