namespace Platform.Sidecar.Invocation.Neighbours;

/// <summary>A sidecar of one other app on this machine, as it has announced itself.</summary>
internal sealed record Neighbour(string AppId, string Namespace, int ProcessId, int HttpPort, int GrpcPort, string? Token);
