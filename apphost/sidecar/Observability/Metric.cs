using System.Globalization;
using System.Text;

namespace Platform.Sidecar.Observability;

/// <summary>One of daprd's metrics: a count, a distribution of milliseconds, or how many there are just now.</summary>
internal sealed record Metric(string Name, string Help, bool IsDistribution, params string[] Labels)
{
    public static readonly Metric HttpRequests = Count("dapr_http_server_request_count", "Count of HTTP requests processed by the server.", "method", "path", "status");
    public static readonly Metric HttpResponses = Count("dapr_http_server_response_count", "The number of HTTP responses", "method", "path", "status");
    public static readonly Metric HttpLatency = Latency("dapr_http_server_latency", "HTTP request end-to-end latency in server.", "method", "path", "status");
    public static readonly Metric HttpClientRequests = Count("dapr_http_client_completed_count", "Count of completed requests", "method", "path", "status");
    public static readonly Metric HttpClientLatency = Latency("dapr_http_client_roundtrip_latency", "Time between first byte of request headers sent to last byte of response received, or terminal error", "method", "path", "status");
    public static readonly Metric GrpcCalls = Count("dapr_grpc_io_server_completed_rpcs", "Distribution of bytes sent per RPC, by method.", "grpc_server_method", "grpc_server_status");
    public static readonly Metric GrpcLatency = Latency("dapr_grpc_io_server_server_latency", "Time between first byte of request received to last byte of response sent, or terminal error.", "grpc_server_method", "grpc_server_status");
    public static readonly Metric GrpcClientCalls = Count("dapr_grpc_io_client_completed_rpcs", "Count of RPCs by method and status.", "grpc_client_method", "grpc_client_status");
    public static readonly Metric GrpcClientLatency = Latency("dapr_grpc_io_client_roundtrip_latency", "Time between first byte of request sent to last byte of response received, or terminal error.", "grpc_client_method", "grpc_client_status");
    public static readonly Metric PubSubIngress = Count("dapr_component_pubsub_ingress_count", "The number of incoming messages arriving from the pub/sub component.", "component", "namespace", "process_status", "topic", "status");
    public static readonly Metric PubSubIngressLatency = Latency("dapr_component_pubsub_ingress_latencies", "The consuming app event processing latency.", "component", "namespace", "process_status", "topic", "status");
    public static readonly Metric PubSubEgress = Count("dapr_component_pubsub_egress_count", "The number of outgoing messages published to the pub/sub component.", "component", "namespace", "success", "topic");
    public static readonly Metric PubSubEgressLatency = Latency("dapr_component_pubsub_egress_latencies", "The latency of the response from the pub/sub component.", "component", "namespace", "success", "topic");
    public static readonly Metric InputBindings = Count("dapr_component_input_binding_count", "The number of incoming events arriving from the input binding component.", "component", "namespace", "success");
    public static readonly Metric InputBindingLatency = Latency("dapr_component_input_binding_latencies", "The triggered app event processing latency.", "component", "namespace", "success");
    public static readonly Metric OutputBindings = Count("dapr_component_output_binding_count", "The number of operations invoked on the output binding component.", "component", "namespace", "operation", "success");
    public static readonly Metric OutputBindingLatency = Latency("dapr_component_output_binding_latencies", "The latency of the response from the output binding component.", "component", "namespace", "operation", "success");
    public static readonly Metric States = Count("dapr_component_state_count", "The number of operations performed on the state component.", "component", "namespace", "operation", "success");
    public static readonly Metric StateLatency = Latency("dapr_component_state_latencies", "The latency of the response from the state component.", "component", "namespace", "operation", "success");
    public static readonly Metric Configurations = Count("dapr_component_configuration_count", "The number of operations performed on the configuration component.", "component", "namespace", "operation", "success");
    public static readonly Metric ConfigurationLatency = Latency("dapr_component_configuration_latencies", "The latency of the response from the configuration component.", "component", "namespace", "operation", "success");
    public static readonly Metric Secrets = Count("dapr_component_secret_count", "The number of operations performed on the secret component.", "component", "namespace", "operation", "success");
    public static readonly Metric SecretLatency = Latency("dapr_component_secret_latencies", "The latency of the response from the secret component.", "component", "namespace", "operation", "success");
    public static readonly Metric ComponentsLoaded = Count("dapr_runtime_component_loaded", "The number of successfully loaded components.");
    public static readonly Metric ComponentsStarted = Count("dapr_runtime_component_init_total", "The number of initialized components.", "component");
    public static readonly Metric InvocationsSent = Count("dapr_runtime_service_invocation_req_sent_total", "The number of requests sent via service invocation.", "dst_app_id", "type");
    public static readonly Metric InvocationsReceived = Count("dapr_runtime_service_invocation_req_recv_total", "The number of requests received via service invocation.", "src_app_id");

    public static readonly Metric PendingActorCalls = new("dapr_runtime_actor_pending_actor_calls", "The number of pending actor calls waiting to acquire the per-actor lock.", IsDistribution: false, "actor_type") { IsGauge = true };

    /// <summary>Whether it goes down as well.</summary>
    public bool IsGauge { get; private init; }

    /// <summary>Upper ends of the buckets, in milliseconds.</summary>
    public static readonly IReadOnlyList<double> Buckets =
    [
        1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 65, 80, 100, 130, 160, 200, 250, 300, 400, 500, 650, 800,
        1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000,
    ];

    /// <summary>The labels of a series in the text format, without what a distribution adds.</summary>
    public string Series(string app, IReadOnlyList<string> values)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"app_id=\"{Escape(app)}\"");
        for (var i = 0; i < Labels.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $",{Labels[i]}=\"{Escape(values[i])}\"");
        return text.ToString();
    }

    private static Metric Count(string name, string help, params string[] labels) => new(name, help, IsDistribution: false, labels);

    private static Metric Latency(string name, string help, params string[] labels) => new(name, help, IsDistribution: true, labels);

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
