using Platform.LocalHost.Parameters;

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

/// <summary>A connection string from the configuration, or from whoever is asked for it.</summary>
internal sealed class GivenConnectionString : ParameterResource, IResourceWithConnectionString
{
    public GivenConnectionString(IDistributedApplicationBuilder builder, string name, string? variable)
        : base(name, _ => GivenValue.Find(builder, KeyOf(name)) ?? throw GivenValue.Missing(builder, name, KeyOf(name)), secret: true)
    {
        ConfigurationKey = KeyOf(name);
        ConnectionStringEnvironmentVariable = variable;
    }

    public string? ConnectionStringEnvironmentVariable { get; }

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{this}");

    private static string KeyOf(string name) => $"ConnectionStrings:{name}";
}

/// <summary>A connection string made from other resources.</summary>
public sealed class ConnectionStringResource(string name, ReferenceExpression connectionStringExpression)
    : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression { get; } = connectionStringExpression;
}
