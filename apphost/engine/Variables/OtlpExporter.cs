using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>Sends telemetry.</summary>
    internal sealed class OtlpExporterAnnotation : IResourceAnnotation
    {
        /// <summary>The protocol it must be; any when null.</summary>
        public OtlpProtocol? RequiredProtocol { get; init; }
    }
}

namespace Aspire.Hosting
{
    /// <summary>How telemetry is sent.</summary>
    public enum OtlpProtocol
    {
        /// <summary>Over gRPC.</summary>
        Grpc = 0,

        /// <summary>Over HTTP, as protobuf.</summary>
        HttpProtobuf = 1,

        /// <summary>Over HTTP, as JSON. The local dashboard does not take it.</summary>
        HttpJson = 2,
    }

    /// <summary>Says who sends telemetry.</summary>
    public static class OtlpConfigurationExtensions
    {
        /// <summary>Gets what it needs to send telemetry to the dashboard, as projects do without being told.</summary>
        public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
            where T : IResourceWithEnvironment => builder.WithAnnotation(new OtlpExporterAnnotation(), ResourceAnnotationMutationBehavior.Replace);

        /// <summary>The same by one protocol.</summary>
        public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
            where T : IResourceWithEnvironment => builder.WithAnnotation(new OtlpExporterAnnotation { RequiredProtocol = protocol }, ResourceAnnotationMutationBehavior.Replace);
    }
}
