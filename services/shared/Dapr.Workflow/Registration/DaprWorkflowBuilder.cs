using System.Text.Json;
using Dapr.Common;
using Dapr.Common.Serialization;
using Dapr.Workflow.Registration;
using Dapr.Workflow.Serialization;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dapr.Workflow;

/// <content>Nested, because the package nests it.</content>
public static partial class WorkflowServiceCollectionExtensions
{
    /// <summary>Further choices after the registration.</summary>
    public readonly struct DaprWorkflowBuilder : IDaprWorkflowBuilder
    {
        internal DaprWorkflowBuilder(IServiceCollection services) => Services = services;

        /// <inheritdoc/>
        public IServiceCollection Services { get; }

        /// <summary>Writes inputs, outputs and events with another serializer.</summary>
        public DaprWorkflowBuilder WithSerializer(IDaprSerializer serializer)
        {
            Services.Replace(ServiceDescriptor.Singleton(serializer));
            return this;
        }

        /// <summary>Writes inputs, outputs and events with another serializer.</summary>
        public DaprWorkflowBuilder WithSerializer(Func<IServiceProvider, IWorkflowSerializer> serializerFactory)
        {
            Services.Replace(ServiceDescriptor.Singleton<IDaprSerializer>(serializerFactory));
            return this;
        }

        /// <summary>Writes inputs, outputs and events as JSON with these options.</summary>
        public DaprWorkflowBuilder WithJsonSerializer(JsonSerializerOptions jsonOptions) => WithSerializer(new JsonDaprSerializer(jsonOptions));

        /// <summary>Limits the size of messages, in bytes; null: no limit.</summary>
        public DaprWorkflowBuilder WithGrpcMessageSizeLimits(int? maxReceiveMessageSize = null, int? maxSendMessageSize = null)
        {
            Services.PostConfigure<WorkflowRuntimeOptions>(options =>
            {
                var channel = options.GrpcChannelOptions ?? new GrpcChannelOptions();
                channel.MaxReceiveMessageSize = maxReceiveMessageSize;
                channel.MaxSendMessageSize = maxSendMessageSize;
                options.UseGrpcChannelOptions(channel);
            });
            return this;
        }
    }
}
