using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using Grpc.Core;
using Platform.Sidecar.Resiliency;

namespace Platform.Sidecar.Invocation;

/// <summary>An app's answer to one attempt, of which only so much was read as the policy must know.</summary>
internal sealed class InvocationAttempt(HttpResponseMessage response, bool isGrpc, RequestTape tape) : IDisposable
{
    private byte[]? _buffer;
    private Stream? _body;
    private int _firstLength;

    public HttpResponseMessage Response => response;

    /// <summary>For a gRPC call: waits for the first message or the end, where the status is.</summary>
    public async Task ReadStart(CancellationToken cancellationToken)
    {
        _body = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (isGrpc && !HasStatus(response.Headers))
            _firstLength = await _body.ReadAsync(_buffer = Rent(), cancellationToken);
    }

    public Failure? Judge() => (isGrpc ? JudgeGrpc() : JudgeHttp()) is { } failure ? failure with { IsFinal = !tape.CanReplay } : null;

    public async Task CopyTo(HttpContext context, InvocationTransformer transformer)
    {
        tape.Commit();
        var aborted = context.RequestAborted;
        context.Response.StatusCode = (int)response.StatusCode;
        await transformer.TransformResponseAsync(context, response, aborted);
        var buffer = _buffer ??= Rent();
        for (var length = _firstLength; length > 0 || (length = await _body!.ReadAsync(buffer, aborted)) > 0; length = 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, length), aborted);
            await context.Response.Body.FlushAsync(aborted);
        }

        await transformer.TransformResponseTrailersAsync(context, response, aborted);
    }

    public void Dispose()
    {
        response.Dispose();
        if (_buffer is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        _buffer = null;
    }

    private static byte[] Rent() => ArrayPool<byte>.Shared.Rent(16 * 1024);

    private Failure? JudgeHttp() => (int)response.StatusCode is >= 200 and < 400 ? null : new Failure(Http: (int)response.StatusCode);

    private Failure? JudgeGrpc() =>
        !response.IsSuccessStatusCode ? new Failure(Grpc: StatusCode.Unavailable)
        : Status() is { } status && status != StatusCode.OK ? new Failure(Grpc: status)
        : null;

    // Null while messages come: the status is then the caller's to see.
    private StatusCode? Status() =>
        HasStatus(response.Headers) ? Parse(response.Headers)
        : _firstLength == 0 ? Parse(response.TrailingHeaders)
        : null;

    private static bool HasStatus(HttpResponseHeaders headers) => headers.Contains("grpc-status");

    private static StatusCode Parse(HttpResponseHeaders headers) =>
        headers.TryGetValues("grpc-status", out var values) && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? (StatusCode)status
            : StatusCode.Internal;
}
