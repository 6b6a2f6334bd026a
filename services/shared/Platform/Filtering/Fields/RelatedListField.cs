using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Fields;

/// <summary>Ids of several records: <c>custom_fields.machines:"…"</c>.</summary>
internal sealed class RelatedListField<T>(string name, CustomValue<T> value) : FilterField<T>(name, FilterKind.List)
{
    public override Result<Condition<T>> Bind(Restriction restriction)
    {
        if (CheckPath(restriction.Field) is { } error)
            return error;
        if (restriction.Comparator != Comparator.Has)
            return FilterErrors.At(restriction.Position, Say($"'{Name}' is a list: ask for an element by {Name}:value."));
        return restriction.Argument is Literal literal && Guid.TryParse(literal.Value, out var id)
            ? value.Contains(id.ToString())
            : FilterErrors.At(restriction.Argument.Position, "Use the id of a resource (a UUID).");
    }
}
