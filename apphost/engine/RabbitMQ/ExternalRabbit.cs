using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.RabbitMQ;

/// <summary>A server that runs already, named by a connection string in the configuration.</summary>
internal sealed class ExternalRabbit(RunContext context, RabbitMQServerResource resource, string connectionString) : Runner(context, resource, "RabbitMQ (given)")
{
    private const int DefaultPort = 5672;
    private const int DefaultSecurePort = 5671;

    protected override int? ProcessId => null;

    protected override bool OwnsPorts => false;

    /// <summary>Makes everything that refers to the resource refer to the given server.</summary>
    public static void Adopt(RabbitMQServerResource resource, string connectionString)
    {
        var (host, port) = AddressOf(resource, connectionString);
        var endpoint = resource.PrimaryEndpoint.Annotation;
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, host, port);
        resource.Given = ReferenceExpression.Create($"{connectionString}");
    }

    protected override Task StartCoreAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task StopCoreAsync() => Task.CompletedTask;

    // A server with TLS does not answer the plain greeting: that it lets itself be connected to must do.
    protected override Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        var (host, port) = AddressOf(resource, connectionString);
        return connectionString.StartsWith("amqps:", StringComparison.Ordinal) ? Task.FromResult<string?>(null) : RabbitGreeting.CheckAsync(host, port, cancellationToken);
    }

    private static (string Host, int Port) AddressOf(RabbitMQServerResource resource, string connectionString) =>
        Uri.TryCreate(connectionString, UriKind.Absolute, out var address) && address.Scheme is "amqp" or "amqps"
            ? (address.Host, address.Port > 0 ? address.Port : address.Scheme == "amqps" ? DefaultSecurePort : DefaultPort)
            : throw new StackException($"{resource.Name}: the connection string is not like amqp://user:password@host:5672");
}
