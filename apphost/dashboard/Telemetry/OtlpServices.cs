using Grpc.Core;
using Platform.Dashboard.Telemetry.Otlp;

namespace Platform.Dashboard.Telemetry;

/// <summary>Spans over gRPC.</summary>
internal sealed class OtlpTraces(OtlpIntake intake) : TraceService.TraceServiceBase
{
    public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context) =>
        Task.FromResult(intake.Take(request));
}

/// <summary>Log records over gRPC.</summary>
internal sealed class OtlpLogs(OtlpIntake intake) : LogsService.LogsServiceBase
{
    public override Task<ExportLogsServiceResponse> Export(ExportLogsServiceRequest request, ServerCallContext context) =>
        Task.FromResult(intake.Take(request));
}

/// <summary>Metrics over gRPC.</summary>
internal sealed class OtlpMetrics(OtlpIntake intake) : MetricsService.MetricsServiceBase
{
    public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context) =>
        Task.FromResult(intake.Take(request));
}
