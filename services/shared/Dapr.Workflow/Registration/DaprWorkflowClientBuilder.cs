using System.Text.Json;
using Dapr.Common;
using Dapr.Common.Serialization;
using Dapr.Workflow.Serialization;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;

namespace Dapr.Workflow.Registration;

/// <summary>Builds a client with a channel of its own.</summary>
public sealed class DaprWorkflowClientBuilder(IConfiguration? configuration = null)
    : DaprGenericClientBuilder<DaprWorkflowClient>(configuration)
{
    private Func<IServiceProvider, IDaprSerializer>? _serializer;

    /// <summary>Set where the builder works inside a container: serializer factories read from it.</summary>
    internal IServiceProvider? Services { get; init; }

    /// <summary>Writes inputs and events with another serializer.</summary>
    public DaprWorkflowClientBuilder UseSerializer(IDaprSerializer serializer)
    {
        _serializer = _ => serializer;
        return this;
    }

    /// <summary>Writes inputs and events with another serializer.</summary>
    public DaprWorkflowClientBuilder UseSerializer(Func<IServiceProvider, IWorkflowSerializer> serializerFactory)
    {
        _serializer = serializerFactory;
        return this;
    }

    /// <summary>Writes inputs and events as JSON with these options.</summary>
    public DaprWorkflowClientBuilder UseJsonSerializer(JsonSerializerOptions jsonOptions) => UseSerializer(new JsonDaprSerializer(jsonOptions));

    /// <inheritdoc/>
    public override DaprWorkflowClient Build()
    {
        var (channel, http, _, token) = BuildDaprClientDependencies(typeof(DaprWorkflowClient).Assembly);
        var invoker = string.IsNullOrEmpty(token)
            ? channel.CreateCallInvoker()
            : channel.Intercept(metadata =>
            {
                metadata.Add("dapr-api-token", token);
                return metadata;
            });
        return new DaprWorkflowClient(invoker, Serializer(), new Connection(channel, http));
    }

    private IDaprSerializer Serializer() => _serializer is null
        ? new JsonDaprSerializer(JsonSerializerOptions)
        : _serializer(Services ?? throw new InvalidOperationException("A serializer factory needs AddDaprWorkflowBuilder."));

    /// <summary>The channel calls through the HTTP client, so they end together, with the client made of them.</summary>
    private sealed record Connection(GrpcChannel Channel, HttpClient Http) : IDisposable
    {
        public void Dispose()
        {
            Channel.Dispose();
            Http.Dispose();
        }
    }
}
