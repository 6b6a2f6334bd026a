namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from the configuration (<c>Parameters:name</c>), else from its default.</summary>
public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : Resource(name), IExpressionValue
{
    private string? _value;

    /// <summary>Never shown.</summary>
    public bool Secret { get; } = secret;

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>The description is written in Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; set; }

    /// <summary>What it is when the configuration says nothing.</summary>
    public ParameterDefault? Default { get; set; }

    /// <inheritdoc/>
    public string ValueExpression => $"{{{Name}.value}}";

    internal string Current => _value ??= callback(Default);

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(Current);

    internal void Override(string value) => _value = value;
}

/// <summary>What a parameter is when the configuration says nothing.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();
}
