using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Locks;

/// <summary>Registers the lock API.</summary>
internal static class LockModule
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public static void Add(IServiceCollection services) => services.AddSingleton<DaprApi, LockGrpcApi>();

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/v1.0-alpha1/lock/{store}", TryLock);
        endpoints.MapPost("/v1.0-alpha1/unlock/{store}", Unlock);
    }

    private static async Task TryLock(HttpContext context)
    {
        var request = await Body<TryLockRequest>(context);
        request.StoreName = Store(context);
        var response = await LockRequests.TryLock(context.App(), request, context.RequestAborted);
        await JsonBody.Answer(context, new JsonObject { ["success"] = response.Success });
    }

    private static async Task Unlock(HttpContext context)
    {
        var request = await Body<UnlockRequest>(context);
        request.StoreName = Store(context);
        var response = await LockRequests.Unlock(context.App(), request, context.RequestAborted);
        await JsonBody.Answer(context, new JsonObject { ["status"] = (int)response.Status });
    }

    private static async Task<T> Body<T>(HttpContext context) where T : IMessage, new()
    {
        var text = Encoding.UTF8.GetString(await JsonBody.Read(context));
        try
        {
            return text.Length == 0 ? new T() : Parser.Parse<T>(text);
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw LockErrors.BadBody(error.Message).AsException(error);
        }
    }

    private static string Store(HttpContext context) => (string)context.Request.RouteValues["store"]!;
}

/// <summary>The lock RPCs.</summary>
internal sealed class LockGrpcApi : DaprApi
{
    public Task<TryLockResponse> TryLockAlpha1(TryLockRequest request, ServerCallContext context) =>
        LockRequests.TryLock(context.App(), request, context.CancellationToken);

    public Task<UnlockResponse> UnlockAlpha1(UnlockRequest request, ServerCallContext context) =>
        LockRequests.Unlock(context.App(), request, context.CancellationToken);
}
