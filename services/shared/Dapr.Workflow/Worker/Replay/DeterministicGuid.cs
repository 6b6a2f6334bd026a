using System.Security.Cryptography;
using System.Text;

namespace Dapr.Workflow.Worker.Replay;

/// <summary>Name-based identifiers (RFC 9562, version 5): the same at every replay.</summary>
internal static class DeterministicGuid
{
    private static readonly Guid InstanceNamespace = new("6f927a2e-9c7e-4a1d-9b8d-7a86f2e7f62f");

    /// <summary>The namespace of everything that one execution names.</summary>
    public static Guid NamespaceOf(string executionOrInstanceId) =>
        Guid.TryParse(executionOrInstanceId, out var id) ? id : Create(InstanceNamespace, executionOrInstanceId);

    public static Guid Create(Guid space, string name)
    {
        Span<byte> source = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(name.Length)];
        space.TryWriteBytes(source, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(name, source[16..]);

        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // The algorithm of version 5; nothing is secured by it.
        SHA1.HashData(source[..length], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
