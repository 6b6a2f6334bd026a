using Platform.Errors;
using Platform.Filtering.Parsing;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Values;

/// <summary>How values of one type are written.</summary>
internal sealed class ValueReader<TValue>
    where TValue : struct
{
    /// <summary>Reads a word or text; null where it is not a value of the type.</summary>
    public required Func<Literal, Func<FilterContext, TValue?>?> Parse { get; init; }

    /// <summary>What to write instead: "Use a number such as 12.5."</summary>
    public required Func<Literal, string> Advice { get; init; }

    /// <summary>What a function gives to this type; null where it gives something else.</summary>
    public Func<FilterFunction, Func<FilterContext, TValue?>?> FromFunction { get; init; } = _ => null;

    /// <summary>What a variable gives to this type; null where it gives something else, or several values.</summary>
    public Func<Variable, Func<FilterContext, TValue?>?> FromVariable { get; init; } = _ => null;

    /// <summary>The values of a variable that has several; null where it has one, or others.</summary>
    public Func<Variable, Func<FilterContext, IReadOnlyList<TValue>>?> FromList { get; init; } = _ => null;

    public Result<ValueSource<TValue>> Read(Argument argument) => argument switch
    {
        Call call => ReadCall(call),
        Literal literal when Variable.IsMeant(literal) => ReadVariable(literal),
        Literal literal when Parse(literal) is { } value => new ValueSource<TValue>(value),
        Literal literal => FilterErrors.At(literal.Position, Say($"'{literal.Value}' does not fit. {Say(Advice(literal))}")),
        _ => throw new InvalidOperationException("There is no such argument."),
    };

    /// <summary>A value that does not depend on the moment or the user.</summary>
    public static Func<FilterContext, TValue?>? Constant(TValue? value) => value is null ? null : _ => value;

    /// <summary>The values, where the argument is a variable that has several of this type.</summary>
    public ListSource<TValue>? ReadList(Argument argument) =>
        argument is Literal literal && Variable.IsMeant(literal) && Variable.Find(literal.Value) is { } variable && FromList(variable) is { } values
            ? new ListSource<TValue>(values)
            : null;

    private Result<ValueSource<TValue>> ReadCall(Call call)
    {
        var function = FilterFunction.Read(call);
        if (function.IsError)
            return function.Error;
        return FromFunction(function.Value) is { } value
            ? new ValueSource<TValue>(value)
            : FilterErrors.At(call.Position, Say($"{call.Name}() does not fit here. {Say(Advice(new Literal(call.Name, [], false, call.Position)))}"));
    }

    private Result<ValueSource<TValue>> ReadVariable(Literal literal)
    {
        var variable = Variable.Read(literal);
        if (variable.IsError)
            return variable.Error;
        return FromVariable(variable.Value) is { } value
            ? new ValueSource<TValue>(value)
            : FilterErrors.At(literal.Position, Say($"'{literal.Value}' does not fit here. {Say(Advice(literal))}"));
    }
}
