using Platform.Errors;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Conditions;

/// <summary>Comparisons of the caller alone: <c>user.roles : "manager"</c>.</summary>
internal static class CallerConditions
{
    public const string Prefix = "user";

    public static Result<Condition<T>> Bind<T>(Restriction restriction)
    {
        var name = restriction.Field.Text;
        if (Variable.Find(name) is not { } variable)
            return FilterErrors.At(restriction.Position, Say($"There is no variable '{name}'.{FilterErrors.DidYouMean(name, Variable.Names)}"));
        if (restriction.Comparator is not (Comparator.Has or Comparator.Equal or Comparator.NotEqual) || (variable.IsList && restriction.Comparator != Comparator.Has))
            return FilterErrors.At(restriction.Position, variable.IsList ? Say($"'{name}' is a list: ask for an element by {name}:value.") : Say($"'{name}' has no order: compare it by = or !=."));
        var test = restriction.Argument is Literal { IsWildcard: true }
            ? new OfCaller<T>(context => Values(variable, context).Count > 0)
            : Bind<T>(variable, restriction.Argument);
        return test.IsError || restriction.Comparator != Comparator.NotEqual ? test : new Inversion<T>(test.Value);
    }

    private static Result<Condition<T>> Bind<T>(Variable variable, Argument argument)
    {
        if (variable.Texts is null && argument is Literal literal && !Variable.IsMeant(literal) && !Guid.TryParseExact(literal.Value, "D", out _))
            return FilterErrors.At(literal.Position, Say($"'{literal.Value}' does not fit. {Say(Ids.Id.Advice(literal))}"));
        var wanted = Texts.Element(argument);
        if (wanted.IsError)
            return wanted.Error;
        return new OfCaller<T>(context => wanted.Value.Resolve(context) is { } texts && (variable.IsList || variable.Id!(context) is not null)
            ? Values(variable, context).Intersect(texts, variable.Texts is null ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal).Any()
            : null);
    }

    private static IReadOnlyList<string> Values(Variable variable, FilterContext context) =>
        variable.Texts?.Invoke(context) ?? [.. variable.Ids?.Invoke(context).Select(id => id.ToString()) ?? (variable.Id!(context) is { } id ? [id.ToString()] : [])];
}
