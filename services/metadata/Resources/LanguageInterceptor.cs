using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Platform.Metadata.Resources;

/// <summary>Answers each call in the language that it asks for.</summary>
internal sealed class LanguageInterceptor : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Language.Speak(Language.Of("", context));
        return await continuation(request, context);
    }
}
