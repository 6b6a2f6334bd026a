using Platform.Access;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.V1;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.CustomFields.RollUps;

/// <summary>Which records may be counted, and by which of their fields they lead to the one that has the roll-up.</summary>
internal static class RollUpRelations
{
    /// <summary>What is wrong with it; null where nothing is.</summary>
    public static Error? FaultOf(Field field, ResourceInfo child, ResourceFields fields)
    {
        if (!child.HasCustomFields)
            return RollUpErrors.Invalid("resource", Say($"Records of {child.Name} are not counted."));
        var ways = WaysTo(field.Resource, child, fields).Order(StringComparer.Ordinal).ToList();
        if (ways.Contains(field.RollUp.Relation))
            return null;
        return RollUpErrors.Invalid("relation", ways.Count > 0
            ? Say($"Use one of {string.Join(", ", ways)}: the fields of {child.Name} that lead to {field.Resource}.")
            : Say($"No field of {child.Name} leads to {field.Resource}: add a relation first."));
    }

    private static IEnumerable<string> WaysTo(string parent, ResourceInfo child, ResourceFields fields) => child.References.Where(known => known.Value == parent).Select(known => known.Key)
        .Concat(fields.All.Where(field => field.Type == FieldType.Relation && field.Definition.RelatedResource == parent).Select(field => FormulaFields.PathOf(field.Key)));
}
