using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Fields;

/// <summary>The key of one choice, or a list of them; only keys that there are can be asked for.</summary>
internal sealed class ChosenField<T>(string name, CustomValue<T> value, Field definition) : FilterField<T>(name, FilterKind.Choice)
{
    public override Result<Condition<T>> Bind(Restriction restriction)
    {
        if (CheckPath(restriction.Field) is { } error)
            return error;
        var isList = definition.Type == FieldType.MultipleChoice;
        if (isList && restriction.Comparator != Comparator.Has)
            return FilterErrors.At(restriction.Position, Say($"'{Name}' is a list: ask for an element by {Name}:value."));
        if (restriction.Comparator is not (Comparator.Equal or Comparator.Has or Comparator.NotEqual))
            return FilterErrors.At(restriction.Position, Say($"'{Name}' has no order: compare it by =, != or :."));
        var keys = definition.Choices.Select(choice => choice.Key).ToList();
        if (restriction.Argument is not Literal literal || !keys.Contains(literal.Value))
        {
            var written = (restriction.Argument as Literal)?.Value ?? "";
            return FilterErrors.At(restriction.Argument.Position, Say($"'{written}' is none of the choices: {string.Join(", ", keys.Take(20))}.{FilterErrors.DidYouMean(written, keys)}"));
        }

        if (isList)
            return value.Contains(literal.Value);
        return new TextComparison<T>(value.Text, restriction.Comparator == Comparator.Has ? Comparator.Equal : restriction.Comparator, new TextSource(_ => literal.Value));
    }
}
