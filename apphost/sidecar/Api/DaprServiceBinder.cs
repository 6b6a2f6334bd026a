using System.Reflection;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Platform.Sidecar.Api;

/// <summary>Stands for the service in Grpc.AspNetCore, which wants a type for each.</summary>
internal sealed class DaprService;

/// <summary>Binds the service from its descriptor: no generated server code is needed, nor any copy of Dapr's protos.</summary>
internal sealed class DaprServiceBinder(IEnumerable<DaprApi> parts) : IServiceMethodProvider<DaprService>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<DaprService> context)
    {
        foreach (var rpc in DaprReflection.Descriptor.Services[0].Methods)
        {
            var handler = parts.Select(part => (Part: part, Method: part.GetType().GetMethod(rpc.Name))).FirstOrDefault(one => one.Method is not null);
            if (handler.Method is null)
                continue;
            typeof(DaprServiceBinder).GetMethod(nameof(Bind), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(rpc.InputType.ClrType, rpc.OutputType.ClrType)
                .Invoke(null, [context, rpc, handler.Part, handler.Method]);
        }
    }

    private static void Bind<TRequest, TResponse>(
        ServiceMethodProviderContext<DaprService> context, MethodDescriptor rpc, DaprApi part, MethodInfo handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var type = (rpc.IsClientStreaming, rpc.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.DuplexStreaming,
        };
        var method = new Method<TRequest, TResponse>(type, rpc.Service.FullName, rpc.Name, Marshaller<TRequest>(rpc.InputType), Marshaller<TResponse>(rpc.OutputType));
        switch (type)
        {
            case MethodType.Unary:
                var unary = handler.CreateDelegate<Func<TRequest, ServerCallContext, Task<TResponse>>>(part);
                context.AddUnaryMethod(method, [], (_, request, call) => unary(request, call));
                break;
            case MethodType.ClientStreaming:
                var client = handler.CreateDelegate<Func<IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(part);
                context.AddClientStreamingMethod(method, [], (_, requests, call) => client(requests, call));
                break;
            case MethodType.ServerStreaming:
                var server = handler.CreateDelegate<Func<TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(part);
                context.AddServerStreamingMethod(method, [], (_, request, responses, call) => server(request, responses, call));
                break;
            default:
                var duplex = handler.CreateDelegate<Func<IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(part);
                context.AddDuplexStreamingMethod(method, [], (_, requests, responses, call) => duplex(requests, responses, call));
                break;
        }
    }

    private static Marshaller<T> Marshaller<T>(MessageDescriptor descriptor) where T : class, IMessage<T>
    {
        var parser = (MessageParser<T>)descriptor.Parser;
        return Marshallers.Create(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => Parse(parser, context));
    }

    private static T Parse<T>(MessageParser<T> parser, DeserializationContext context) where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(context.PayloadAsReadOnlySequence());
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"the message cannot be read: {error.Message}"));
        }
    }
}
