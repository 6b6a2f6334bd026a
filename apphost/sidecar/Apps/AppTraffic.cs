using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Platform.Sidecar.Observability;

namespace Platform.Sidecar.Apps;

/// <summary>Counts and times what the sidecar asks of its app over HTTP.</summary>
internal sealed class AppTraffic(HttpMessageHandler inner, Func<AppMetrics?> metrics) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        metrics() is { IsRead: true } counted ? Send(request, counted, cancellationToken) : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request, AppMetrics counted, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var status = "500";
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            return response;
        }
        finally
        {
            var path = ApiPaths.Of(request.RequestUri!.AbsolutePath.TrimStart('/'));
            counted.Count(Metric.HttpClientRequests, request.Method.Method, path, status);
            counted.Observe(Metric.HttpClientLatency, Stopwatch.GetElapsedTime(started), request.Method.Method, path, status);
        }
    }
}

/// <summary>Counts and times what the sidecar asks of its app over gRPC.</summary>
internal sealed class AppCalls(AppMetrics counted) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(request, context);
        return new AsyncUnaryCall<TResponse>(
            Count(call, context.Method.FullName), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    private async Task<TResponse> Count<TResponse>(AsyncUnaryCall<TResponse> call, string method)
    {
        var started = Stopwatch.GetTimestamp();
        var status = StatusCode.OK;
        try
        {
            return await call.ResponseAsync;
        }
        catch (RpcException error)
        {
            status = error.StatusCode;
            throw;
        }
        finally
        {
            counted.Count(Metric.GrpcClientCalls, method, status.ToString());
            counted.Observe(Metric.GrpcClientLatency, Stopwatch.GetElapsedTime(started), method, status.ToString());
        }
    }
}
