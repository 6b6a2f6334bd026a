using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Secrets;

/// <summary>Registers the secret stores and their API.</summary>
internal static class SecretsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(new ComponentType("secretstores.local.file", spec => new LocalFileSecretStore(spec)));
        services.AddSingleton(new ComponentType("secretstores.local.env", spec => new EnvironmentSecretStore(spec)));
        services.AddSingleton<DaprApi, SecretsGrpcApi>();
    }

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1.0/secrets/{store}/bulk", GetBulk);
        endpoints.MapGet("/v1.0/secrets/{store}/{name}", Get);
    }

    private static Task Get(HttpContext context) =>
        JsonBody.Answer(context, Json(SecretRequests.Get(context.App(), Route(context, "store"), Route(context, "name"))));

    private static Task GetBulk(HttpContext context) => JsonBody.Answer(context, new JsonObject(
        SecretRequests.GetAll(context.App(), Route(context, "store")).Select(secret => KeyValuePair.Create(secret.Key, (JsonNode?)Json(secret.Value)))));

    private static JsonObject Json(IReadOnlyDictionary<string, string> secret) =>
        new(secret.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}

/// <summary>The secret RPCs.</summary>
internal sealed class SecretsGrpcApi : DaprApi
{
    public Task<GetSecretResponse> GetSecret(GetSecretRequest request, ServerCallContext context)
    {
        var response = new GetSecretResponse();
        response.Data.Add(SecretRequests.Get(context.App(), request.StoreName, request.Key).ToDictionary());
        return Task.FromResult(response);
    }

    public Task<GetBulkSecretResponse> GetBulkSecret(GetBulkSecretRequest request, ServerCallContext context)
    {
        var response = new GetBulkSecretResponse();
        foreach (var (name, values) in SecretRequests.GetAll(context.App(), request.StoreName))
        {
            var secret = new SecretResponse();
            secret.Secrets.Add(values.ToDictionary());
            response.Data.Add(name, secret);
        }

        return Task.FromResult(response);
    }
}
