using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access.Fields;
using Platform.CustomFields.RollUps;
using Platform.Data;
using Platform.Errors;
using Platform.Monetary.Rates;
using Platform.Tenancy;

namespace Platform.CustomFields;

/// <summary>
/// Has the company's fields at hand before a call that touches records begins, and takes values of fields that are no longer in
/// use out of what it answers.
/// </summary>
internal sealed class CustomFieldsInterceptor(CustomFieldDirectory directory) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (!Concerns<TRequest>.Records && !Concerns<TResponse>.Records)
            return await continuation(request, context);
        var caller = await LoadAsync(context);
        var response = Strip(await continuation(request, context), caller);
        if (response is IMessage message && caller.CustomFields is { HasRollUps: true } fields && context.GetHttpContext().RequestServices.GetService<UnitOfWork>() is { } unit)
            await RollUpAnswers.AddAsync(unit.Context, [message], fields, caller.Access, context.CancellationToken);
        return response;
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await LoadAsync(context);
        await continuation(request, responseStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await LoadAsync(context);
        await continuation(requestStream, responseStream, context);
    }

    private async ValueTask<Caller> LoadAsync(ServerCallContext context)
    {
        var caller = context.GetHttpContext().RequestServices.GetRequiredService<Caller>();
        await directory.LoadAsync(caller, context.CancellationToken);
        // Before any transaction: another service may have to be asked.
        if (caller.CustomFields is { HasRates: true } && context.GetHttpContext().RequestServices.GetService<ReportingRates>() is { } rates)
            await rates.EnsureAsync(context.CancellationToken);
        return caller;
    }

    private static TResponse Strip<TResponse>(TResponse response, Caller caller)
    {
        if (response is IMessage message)
            CustomFieldStripping.Apply(message, caller.CustomFields, caller.Access);
        return response;
    }

    // Once for each kind of message.
    private static class Concerns<T>
    {
        public static readonly bool Records = Activator.CreateInstance<T>() is IMessage message && ResourcePaths.Of(message.Descriptor).Resources.Any(resource => resource.HasCustomFields);
    }
}
