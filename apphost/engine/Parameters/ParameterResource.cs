namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from the configuration (<c>Parameters:name</c>), else from its default, else from whoever is asked for it.</summary>
public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : Resource(name), IExpressionValue
{
    private readonly Lock _deciding = new();
    private string? _value;
    private TaskCompletionSource<string>? _answer;

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

    /// <summary>Where the configuration is to give it; null where it has a value anyway.</summary>
    internal string? ConfigurationKey { get; init; }

    /// <summary>The value.</summary>
    /// <exception cref="MissingParameterValueException">It has none.</exception>
    internal string Current
    {
        get
        {
            lock (_deciding)
                return _value ??= callback(Default);
        }
    }

    /// <summary>How it is to be given; null where it has a value.</summary>
    internal string? Missing
    {
        get
        {
            try
            {
                if (ConfigurationKey is not null)
                    _ = Current;
                return null;
            }
            catch (MissingParameterValueException missing)
            {
                return missing.Message;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
        _answer is { Task: var answer } && Missing is not null ? new(answer.WaitAsync(cancellationToken)!) : new(Current);

    /// <summary>From now on whoever needs it waits for the answer.</summary>
    internal void Ask() => _answer ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Override(string value)
    {
        lock (_deciding)
            _value = value;
        _answer?.TrySetResult(value);
    }
}

/// <summary>What a parameter is when the configuration says nothing.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();
}
