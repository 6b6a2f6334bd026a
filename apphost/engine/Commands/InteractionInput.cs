using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Aspire.Hosting;

/// <summary>What kind of value is asked for.</summary>
[Experimental("ASPIREINTERACTION001")]
public enum InputType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Text that nobody else should see.</summary>
    SecretText,

    /// <summary>One of several.</summary>
    Choice,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,
}

/// <summary>A value that is asked for.</summary>
[Experimental("ASPIREINTERACTION001")]
public sealed class InteractionInput
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of value.</summary>
    public required InputType InputType { get; init; }

    /// <summary>What people read before the field; the name when null.</summary>
    public string? Label { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>It must be given.</summary>
    public bool Required { get; init; }

    /// <summary>The values of a choice, each with its text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Options { get; set; }

    /// <summary>The value; before anybody was asked, the usual one.</summary>
    public string? Value { get; set; }

    /// <summary>An example.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Its longest length.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The same, to be given a value.</summary>
    internal InteractionInput With(string? value) => Copy(Name, Label, Required, value ?? Value);

    /// <summary>The same under another name, and with a value that must be given.</summary>
    internal InteractionInput RequiredAs(string name, string label) => Copy(name, label, required: true, Value);

    /// <summary>What is wrong with the value; null when nothing is.</summary>
    internal string? Problem() => Value is not { Length: > 0 } given
        ? Required ? $"{Name} must be given." : null
        : MaxLength is { } most && given.Length > most ? $"{Name} has at most {most} characters."
        : InputType switch
        {
            InputType.Number when !double.TryParse(given, CultureInfo.InvariantCulture, out _) => $"{Name} must be a number; '{given}' is none.",
            InputType.Boolean when !bool.TryParse(given, out _) => $"{Name} must be true or false.",
            InputType.Choice when Options?.Any(option => option.Key == given) is false => $"{Name} must be one of {string.Join(", ", Options.Select(option => option.Key))}.",
            _ => null,
        };

    private InteractionInput Copy(string name, string? label, bool required, string? value) => new()
    {
        Name = name,
        InputType = InputType,
        Label = label,
        Description = Description,
        Required = required,
        Options = Options,
        Value = value,
        Placeholder = Placeholder,
        MaxLength = MaxLength,
    };
}

/// <summary>Values that were asked for.</summary>
[Experimental("ASPIREINTERACTION001")]
public sealed class InteractionInputCollection(IReadOnlyList<InteractionInput> inputs) : IReadOnlyList<InteractionInput>
{
    /// <summary>How many.</summary>
    public int Count => inputs.Count;

    /// <summary>Their names.</summary>
    public IEnumerable<string> Names => inputs.Select(input => input.Name);

    /// <summary>One by its place.</summary>
    public InteractionInput this[int index] => inputs[index];

    /// <summary>One by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public InteractionInput this[string name] => TryGetByName(name, out var input) ? input : throw new KeyNotFoundException($"No value '{name}' was asked for.");

    /// <summary>Whether one was asked for.</summary>
    public bool ContainsName(string name) => TryGetByName(name, out _);

    /// <summary>One by its name.</summary>
    public bool TryGetByName(string name, [NotNullWhen(true)] out InteractionInput? input)
    {
        input = inputs.FirstOrDefault(candidate => candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return input is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<InteractionInput> GetEnumerator() => inputs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
