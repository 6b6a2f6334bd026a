using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Api;

/// <summary>First in line on both ports: the API token, the size of bodies, and errors in Dapr's form.</summary>
internal sealed partial class ApiEdge(RequestDelegate next, ILogger<ApiEdge> logger)
{
    public const string TokenHeader = "dapr-api-token";

    public async Task InvokeAsync(HttpContext context)
    {
        var port = context.ApiPort();
        if (port.App.ApiToken is { } token && !HasToken(context, token) && !IsHealth(context.Request.Path))
        {
            await Refuse(context, port);
            return;
        }

        context.Request.Headers.Remove(TokenHeader);
        try
        {
            await (port.IsGrpc ? next(context) : Http(context, port.App));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away: nobody is left to be told.
        }
    }

    private async Task Http(HttpContext context, SidecarApp app)
    {
        if (context.Request.ContentLength > app.Options.MaxBodySize)
        {
            await context.Write(TooLarge(app));
            return;
        }

        context.Request.Path = PathCleaner.Clean(context.Request.Path);
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = app.Options.MaxBodySize;
        try
        {
            await next(context);
        }
        catch (DaprException exception) when (!context.Response.HasStarted)
        {
            await context.Write(exception.Error);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await context.Write(exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge(app)
                : new DaprError(exception.StatusCode, StatusCode.InvalidArgument, "ERR_BODY_READ", $"failed to read request body: {exception.Message}"));
        }
        catch (Exception exception) when (IsOfJson(exception) && !context.Response.HasStarted)
        {
            await context.Write(new DaprError(400, StatusCode.InvalidArgument, "ERR_MALFORMED_REQUEST", $"failed deserializing HTTP body: {exception.Message}"));
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            Log.Failed(logger, exception, context.Request.Method, app.Id);
            await context.Write(new DaprError(500, StatusCode.Internal, "ERR_INTERNAL", "an unexpected error occurred"));
        }
    }

    // Some of what is wrong with a text in JSON is found only when the text is taken out.
    private static bool IsOfJson(Exception exception) =>
        exception is JsonException
        || (exception is InvalidOperationException or FormatException && exception.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) is true);

    private static DaprError TooLarge(SidecarApp app) => new(
        StatusCodes.Status413PayloadTooLarge, StatusCode.ResourceExhausted, "ERR_BODY_TOO_LARGE", $"the request body is larger than {app.Options.MaxBodySize} bytes");

    private static bool HasToken(HttpContext context, byte[] token) =>
        context.Request.Headers.TryGetValue(TokenHeader, out var given)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given.ToString()), token);

    private static bool IsHealth(PathString path) => path.StartsWithSegments("/v1.0/healthz", StringComparison.Ordinal);

    private static Task Refuse(HttpContext context, ApiPort port)
    {
        if (port.IsGrpc)
            return GrpcReply.Fail(context, StatusCode.Unauthenticated, "authentication error: api token mismatch");
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return context.Response.WriteAsync("invalid api token");
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A {Method} request to the sidecar of {App} failed")]
        public static partial void Failed(ILogger logger, Exception error, string method, string app);
    }
}
