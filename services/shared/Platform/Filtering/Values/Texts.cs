using System.Globalization;
using Platform.Errors;
using Platform.Filtering.Parsing;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Values;

/// <summary>Text, with or without quotes; variables and dates as text where they are compared with text.</summary>
internal static class Texts
{
    public static Result<TextSource> Read(Argument argument) => argument switch
    {
        Call call => ReadCall(call),
        Literal literal when Variable.IsMeant(literal) => ReadVariable(literal),
        Literal literal => new TextSource(_ => literal.Value),
        _ => throw new InvalidOperationException("There is no such argument."),
    };

    /// <summary>The texts, where the argument is a variable that has several values.</summary>
    public static ListSource<string>? ReadList(Argument argument)
    {
        if (argument is not Literal literal || !Variable.IsMeant(literal) || Variable.Find(literal.Value) is not { IsList: true } variable)
            return null;
        return new ListSource<string>(variable.Texts ?? (context => [.. variable.Ids!(context).Select(id => id.ToString())]));
    }

    /// <summary>Elements of a list of texts.</summary>
    public static Result<ElementSource<string>> Element(Argument argument)
    {
        if (ReadList(argument) is { } list)
            return new ElementSource<string>(list.Resolve);
        var text = Read(argument);
        return text.IsError ? text.Error : new ElementSource<string>(context => text.Value.Resolve(context) is { } element ? [element] : null);
    }

    /// <summary>The same, of texts in small letters.</summary>
    public static Result<ElementSource<string>> SmallElement(Argument argument)
    {
        var elements = Element(argument);
        return elements.IsError ? elements.Error : new ElementSource<string>(context => elements.Value.Resolve(context) is { } wanted ? [.. wanted.Select(text => text.ToLowerInvariant())] : null);
    }

    private static Result<TextSource> ReadVariable(Literal literal)
    {
        var variable = Variable.Read(literal);
        if (variable.IsError)
            return variable.Error;
        return variable.Value.Id is { } id ? new TextSource(context => id(context)?.ToString()) : FilterErrors.At(literal.Position, Say($"'{literal.Value}' has several values."));
    }

    private static Result<TextSource> ReadCall(Call call)
    {
        var function = FilterFunction.Read(call);
        if (function.IsError)
            return function.Error;
        return function.Value.Date is { } date
            ? new TextSource(context => date(context).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            : FilterErrors.At(call.Position, "now() is a moment, and this field is text: use today(), which is compared as YYYY-MM-DD.");
    }
}
