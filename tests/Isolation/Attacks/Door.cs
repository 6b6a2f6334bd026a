namespace Isolation.Tests.Attacks;

/// <summary>The way by which a call comes in.</summary>
internal enum Door
{
    /// <summary>gRPC, past gateway and sidecar.</summary>
    ServiceGrpc,

    /// <summary>REST, past gateway and sidecar.</summary>
    ServiceRest,

    /// <summary>gRPC at the gateway.</summary>
    GatewayGrpc,

    /// <summary>REST at the gateway.</summary>
    GatewayRest,
}
