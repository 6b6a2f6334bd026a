namespace Platform.Sidecar.Api;

/// <summary>
/// A part of the gRPC service <c>dapr.proto.runtime.v1.Dapr</c>. Each public method whose name is an RPC's serves that RPC;
/// an RPC that no part has answers UNIMPLEMENTED, which the SDKs' fallbacks rely on.
/// </summary>
internal abstract class DaprApi;
