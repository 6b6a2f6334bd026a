using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Filtering;
using Platform.Tenancy;

namespace Platform.Access.Fields;

/// <summary>
/// Holds every call to the field rules of its caller: what may not be written or filtered by is refused on the way in, what may
/// not be read is taken out of every record on the way out, wherever in a message it stands.
/// </summary>
internal sealed class FieldRulesInterceptor(IEnumerable<ProtectedResource> resources) : Interceptor
{
    private readonly ProtectedResource[] _resources = [.. resources];

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (AccessOf(context) is not { } access)
            return await continuation(request, context);
        Check<TRequest, TResponse>(request, access, context);
        return Redact(await continuation(request, context), access);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (AccessOf(context) is not { } access)
            return continuation(request, responseStream, context);
        Check<TRequest, TResponse>(request, access, context);
        return continuation(request, new RedactingWriter<TResponse>(responseStream, access), context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var response = await continuation(requestStream, context);
        return AccessOf(context) is { } access ? Redact(response, access) : response;
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(requestStream, AccessOf(context) is { } access ? new RedactingWriter<TResponse>(responseStream, access) : responseStream, context);

    private static PersonAccess? AccessOf(ServerCallContext context) =>
        CallerOf(context).Access is { HasFieldRules: true } access ? access : null;

    private static Caller CallerOf(ServerCallContext context) => context.GetHttpContext().RequestServices.GetRequiredService<Caller>();

    private void Check<TRequest, TResponse>(TRequest request, PersonAccess access, ServerCallContext context)
    {
        if (request is not IMessage message)
            return;
        var fields = RequestFields.Of(message.Descriptor, Descriptor<TResponse>.Value);
        var custom = CallerOf(context).CustomFields;
        var isNarrowedByHandler = context.GetHttpContext().GetEndpoint()?.Metadata.GetMetadata<NarrowedByHandlerAttribute>() is not null;
        if (!fields.IsEmpty && fields.Check(message, access, custom, isNarrowedByHandler ? null : (resource, list) => Filtered(resource, list, custom)) is { } error)
            throw error.ToRpcException();
    }

    // What cannot be read as a filter or an order is refused by the handler.
    private IEnumerable<string> Filtered(ResourceInfo resource, IMessage request, TenantFields? fields)
    {
        if (_resources.Select(candidate => candidate.Find(resource.Name)).FirstOrDefault(found => found is not null) is not { } known)
            return [];
        var filter = known.FieldsOf(Text(request, "filter"), fields) ?? new HashSet<string>();
        var order = OrderBy.Parse(Text(request, "order_by"));
        return order.IsError ? filter : filter.Concat(order.Value.Fields.SelectMany(known.SortedBy));
    }

    private static string Text(IMessage request, string field) => request.Descriptor.FindFieldByName(field)?.Accessor.GetValue(request) as string ?? "";

    private static TResponse Redact<TResponse>(TResponse response, PersonAccess access)
    {
        if (response is IMessage message && ResourcePaths.Of(message.Descriptor) is { IsEmpty: false } paths)
            paths.Redact(message, access);
        return response;
    }

    private sealed class RedactingWriter<T>(IServerStreamWriter<T> inner, PersonAccess access) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(T message) => inner.WriteAsync(Redact(message, access));

        public Task WriteAsync(T message, CancellationToken cancellationToken) => inner.WriteAsync(Redact(message, access), cancellationToken);
    }

    // Once for each kind of answer, and not for each call.
    private static class Descriptor<T>
    {
        public static readonly Google.Protobuf.Reflection.MessageDescriptor Value = ((IMessage)Activator.CreateInstance<T>()!).Descriptor;
    }
}
