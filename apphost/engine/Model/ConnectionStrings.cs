namespace Aspire.Hosting.ApplicationModel;

/// <summary>Is reached by a connection string.</summary>
public interface IResourceWithConnectionString : IResource, IValueProvider, IManifestExpressionProvider, IValueWithReferences
{
    /// <summary>The connection string.</summary>
    ReferenceExpression ConnectionStringExpression { get; }

    /// <summary>Name of the variable that takes it, when not <c>ConnectionStrings__&lt;name&gt;</c>.</summary>
    string? ConnectionStringEnvironmentVariable => null;

    /// <summary>The parts of the connection string by name, such as <c>Host</c>.</summary>
    IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [];

    /// <summary>The connection string with all its parts resolved.</summary>
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        ConnectionStringExpression.GetValueAsync(cancellationToken);

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetConnectionStringAsync(cancellationToken);

    IEnumerable<object> IValueWithReferences.References => [ConnectionStringExpression];
}

/// <summary>A connection string from the configuration.</summary>
internal sealed class GivenConnectionString(string name, string? variable, Microsoft.Extensions.Configuration.IConfiguration configuration)
    : Resource(name), IResourceWithConnectionString
{
    public string? ConnectionStringEnvironmentVariable => variable;

    /// <summary>The configuration does not give it.</summary>
    public bool IsMissing => configuration[$"ConnectionStrings:{Name}"] is null;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{configuration[$"ConnectionStrings:{Name}"]
        ?? throw new InvalidOperationException($"The connection string '{Name}' has no value. Set it in the configuration: ConnectionStrings:{Name}, or the variable ConnectionStrings__{Name}.")}");
}

/// <summary>A connection string made from other resources.</summary>
public sealed class ConnectionStringResource(string name, ReferenceExpression connectionStringExpression)
    : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression { get; } = connectionStringExpression;
}
