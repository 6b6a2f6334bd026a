using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resiliency;

namespace Platform.Sidecar.Invocation;

/// <summary>
/// A call under a resiliency policy. It is timed until its answer begins; it is made again when its body has a known length or is
/// a gRPC call's, nothing of its answer has been passed on, and it does not say <c>dapr-stream</c>.
/// </summary>
internal static class ResilientInvocation
{
    private const string StreamHeader = "dapr-stream";
    private static readonly InvocationTransformer Transformer = new();

    public static async Task Invoke(HttpContext context, AppChannel channel, Policy policy)
    {
        var isGrpc = context.ApiPort().IsGrpc;
        var isStream = isGrpc ? context.Request.Headers[StreamHeader] == "true" : context.Request.ContentLength is null && HasBody(context);
        var tape = new RequestTape(context.Request.Body, context.App().Options.MaxBodySize);
        if (isStream)
            tape.Commit();
        var judged = isStream ? policy.Once() : policy;
        using var attempt = await judged.Run(
            token => Attempt(context, channel, tape, isGrpc && !isStream, token), context.RequestAborted, attempt => attempt.Judge());
        await attempt.CopyTo(context, Transformer);
    }

    private static async Task<InvocationAttempt> Attempt(HttpContext context, AppChannel channel, RequestTape tape, bool readStart, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), channel.Address)
        {
            Version = context.ApiPort().IsGrpc ? System.Net.HttpVersion.Version20 : channel.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = HasBody(context) ? new RequestTape.Content(tape, context.Request.ContentLength) : null,
        };
        await Transformer.TransformRequestAsync(context, request, channel.Origin, cancellationToken);
        InvocationAttempt? attempt = null;
        try
        {
            attempt = new InvocationAttempt(await channel.Client.SendAsync(request, cancellationToken), readStart, tape);
            await attempt.ReadStart(cancellationToken);
            return attempt;
        }
        catch (Exception error)
        {
            attempt?.Dispose();
            if (error is HttpRequestException && !tape.CanReplay)
                throw new FinalFailureException(error);
            throw;
        }
    }

    private static bool HasBody(HttpContext context) =>
        context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
}
