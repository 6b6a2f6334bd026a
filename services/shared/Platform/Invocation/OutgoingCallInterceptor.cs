using Grpc.Core;
using Grpc.Core.Interceptors;
using Platform.Languages;
using Platform.Tenancy;

namespace Platform.Invocation;

/// <summary>Addresses a call to an app, on behalf of the scope's caller, with a deadline.</summary>
internal sealed class OutgoingCallInterceptor(string appId, Caller caller, ServiceAccount account) : Interceptor
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(10);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = CallAsync(request, context, continuation);
        return new AsyncUnaryCall<TResponse>(
            ResponseAsync(call), HeadersAsync(call), () => call.Result.GetStatus(), () => call.Result.GetTrailers(), () => Dispose(call));
    }

    private async Task<AsyncUnaryCall<TResponse>> CallAsync<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class
    {
        var headers = new Metadata { { "dapr-app-id", appId } };
        foreach (var entry in context.Options.Headers ?? [])
            headers.Add(entry);
        headers.Add("authorization", $"Bearer {caller.BearerToken ?? await account.GetTokenAsync(context.Options.CancellationToken)}");
        if (caller.BearerToken is null || caller.Kind is CallerKind.System or CallerKind.Service or CallerKind.Support)
            headers.Add(Caller.TenantHeader, caller.RequiredTenantId.ToString());
        // Who goes on with what a person began has no token of that person.
        var person = caller is { BearerToken: null, Kind: CallerKind.Person } ? caller.Subject : caller.Kind == CallerKind.Support ? "" : caller.OnBehalfOf;
        if (person.Length > 0)
            headers.Add(Caller.OnBehalfOfHeader, person);
        // What the other one refuses is told to the same person.
        if (SpokenLanguage.Current != SpokenLanguage.Default && headers.Get("accept-language") is null)
            headers.Add("accept-language", SpokenLanguage.Current);
        var options = context.Options.WithHeaders(headers).WithDeadline(context.Options.Deadline ?? DateTime.UtcNow + DefaultDeadline);
        return continuation(request, new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options));
    }

    private static async Task<TResponse> ResponseAsync<TResponse>(Task<AsyncUnaryCall<TResponse>> call) => await (await call).ResponseAsync;

    private static async Task<Metadata> HeadersAsync<TResponse>(Task<AsyncUnaryCall<TResponse>> call) => await (await call).ResponseHeadersAsync;

    private static void Dispose<TResponse>(Task<AsyncUnaryCall<TResponse>> call)
    {
        if (call.IsCompletedSuccessfully)
            call.Result.Dispose();
    }
}
