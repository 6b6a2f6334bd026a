using System.Text.Json;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;

namespace Platform.Sidecar.Scheduling;

/// <summary>Failure policies as the HTTP API writes them: <c>{"drop":{}}</c> or <c>{"constant":{"interval":"3s","maxRetries":5}}</c>.</summary>
internal static class FailurePolicyJson
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <exception cref="IOException">It is no such policy.</exception>
    public static JobFailurePolicy Read(JsonElement policy) => Parser.Parse<JobFailurePolicy>(policy.GetRawText());

    public static void Write(Utf8JsonWriter json, JobFailurePolicy policy)
    {
        using var document = JsonDocument.Parse(JsonFormatter.Default.Format(policy));
        json.WritePropertyName("failurePolicy");
        document.RootElement.WriteTo(json);
    }
}
