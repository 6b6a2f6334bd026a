using Platform.LocalPostgres;

namespace Isolation.Tests.Installation;

/// <summary>Where the parts of an installation listen.</summary>
internal sealed record Ports(int SidecarHttp, int SidecarGrpc, int Smtp, int Mail, int Rest, int Grpc)
{
    public static Ports Draw() => new(TestPorts.Next(), TestPorts.Next(), TestPorts.Next(), TestPorts.Next(), TestPorts.Next(), TestPorts.Next());
}
