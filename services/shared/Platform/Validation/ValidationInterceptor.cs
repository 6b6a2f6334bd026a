using FluentValidation;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Platform.Errors;

namespace Platform.Validation;

/// <summary>Runs the registered validator of a request message before its handler.</summary>
internal sealed class ValidationInterceptor : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await ValidateAsync(request, context);
        return await continuation(request, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await ValidateAsync(request, context);
        await continuation(request, responseStream, context);
    }

    private static async ValueTask ValidateAsync<TRequest>(TRequest request, ServerCallContext context)
    {
        if (context.GetHttpContext().RequestServices.GetService<IValidator<TRequest>>() is not { } validator)
            return;
        var outcome = await validator.ValidateAsync(request, context.CancellationToken);
        if (!outcome.IsValid)
            throw Error.Invalid([.. outcome.Errors.Select(failure => new FieldViolation(JsonPath.Of(failure.PropertyName), failure.ErrorMessage))]).ToRpcException();
    }
}
