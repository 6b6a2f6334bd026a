using System.Globalization;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Resiliency;
using Verb = Dapr.Client.Autogen.Grpc.v1.HTTPExtension.Types.Verb;

namespace Platform.Sidecar.Invocation;

/// <summary>Carries an HTTP invocation to an app that speaks gRPC: <c>AppCallback.OnInvoke</c>, and its answer back.</summary>
internal static class GrpcAppInvocation
{
    public static async Task Invoke(HttpContext context, AppChannel channel, InvocationTarget target, Policy policy)
    {
        try
        {
            var request = await Request(context, target);
            var (headers, response) = await policy.Run(async token =>
            {
                using var call = channel.Invoke(request, Metadata(context), token);
                return (await call.ResponseHeadersAsync, await call);
            }, context.RequestAborted);
            foreach (var header in headers.Where(header => !header.IsBinary && !header.Key.StartsWith("grpc-", StringComparison.Ordinal) && header.Key is not ("content-type" or "date" or "server")))
                context.Response.Headers[header.Key] = header.Value;
            if (response.ContentType.Length > 0)
                context.Response.ContentType = response.ContentType;
            await context.Response.Body.WriteAsync((response.Data?.Value ?? ByteString.Empty).Memory, context.RequestAborted);
        }
        catch (RpcException error) when (!context.Response.HasStarted)
        {
            await context.Fail(target, error);
        }
    }

    private static async Task<InvokeRequest> Request(HttpContext context, InvocationTarget target)
    {
        var query = target.PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return new InvokeRequest
        {
            Method = Uri.UnescapeDataString((query < 0 ? target.PathAndQuery : target.PathAndQuery[..query]).TrimStart('/')),
            Data = new Any { Value = UnsafeByteOperations.UnsafeWrap(await JsonBody.Read(context)) },
            ContentType = context.Request.ContentType ?? "",
            HttpExtension = new HTTPExtension
            {
                Verb = System.Enum.TryParse<Verb>(context.Request.Method, ignoreCase: true, out var verb) ? verb : Verb.None,
                Querystring = query < 0 ? "" : target.PathAndQuery[(query + 1)..],
            },
        };
    }

    private static Metadata Metadata(HttpContext context)
    {
        var metadata = new Metadata();
        foreach (var (name, value) in context.Request.Headers)
        {
            if (name.StartsWith(':') || name.EndsWith("-bin", StringComparison.OrdinalIgnoreCase) || IsOfTheConnection(name))
                continue;
            metadata.Add(name, value.ToString());
        }

        return metadata;
    }

    private static bool IsOfTheConnection(string name) => name.ToLowerInvariant() is
        "connection" or "keep-alive" or "te" or "trailer" or "transfer-encoding" or "upgrade" or "host" or "content-type" or "content-length" or "user-agent" or "accept-encoding";

    private static Task Fail(this HttpContext context, InvocationTarget target, RpcException error)
    {
        context.Response.StatusCode = HttpStatus(error.StatusCode);
        context.Response.Headers["grpc-status"] = ((int)error.StatusCode).ToString(CultureInfo.InvariantCulture);
        var failure = InvocationErrors.Failed(target.AppId, error.Status.Detail, error.StatusCode) with { Http = HttpStatus(error.StatusCode) };
        return Errors.HttpErrors.Write(context, failure);
    }

    private static int HttpStatus(StatusCode status) => status switch
    {
        StatusCode.OK => 200,
        StatusCode.Cancelled => 408,
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => 400,
        StatusCode.DeadlineExceeded => 504,
        StatusCode.NotFound => 404,
        StatusCode.AlreadyExists or StatusCode.Aborted => 409,
        StatusCode.PermissionDenied => 403,
        StatusCode.Unauthenticated => 401,
        StatusCode.ResourceExhausted => 429,
        StatusCode.Unimplemented => 501,
        StatusCode.Unavailable => 503,
        _ => 500,
    };
}
