using Grpc.Core;

namespace Platform.Sidecar.Errors;

/// <summary>One failure in both of Dapr's tongues: an HTTP status with an error code, and a gRPC status.</summary>
/// <param name="Http">Status of the HTTP API.</param>
/// <param name="Grpc">Status of the gRPC API.</param>
/// <param name="Code">The <c>ERR_…</c> code of the HTTP body.</param>
/// <param name="Message">What happened, in daprd's words.</param>
/// <param name="Reason">Reason of the <c>google.rpc.ErrorInfo</c> detail; null for the plain errors that have none.</param>
internal sealed record DaprError(int Http, StatusCode Grpc, string Code, string Message, string? Reason = null)
{
    /// <summary>The field at fault, reported as <c>google.rpc.BadRequest</c>.</summary>
    public string? Field { get; init; }

    /// <summary>Kind and name of the thing asked for, reported as <c>google.rpc.ResourceInfo</c>.</summary>
    public (string Type, string Name)? Resource { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public DaprException AsException(Exception? cause = null) => new(this, cause);
}

/// <summary>Carries a <see cref="DaprError"/> to the edge of the API that was called.</summary>
internal sealed class DaprException(DaprError error, Exception? cause = null) : Exception(error.Message, cause)
{
    public DaprError Error { get; } = error;
}
