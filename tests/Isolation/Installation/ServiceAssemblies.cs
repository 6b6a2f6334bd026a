using System.Reflection;
using System.Runtime.CompilerServices;
using Google.Protobuf.Reflection;
using Isolation.Tests.Oracle;
using Platform.Data;
using Platform.Testing;

namespace Isolation.Tests.Installation;

/// <summary>The services that have data, found by their folders.</summary>
internal static class ServiceAssemblies
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "services"));

    private static readonly IReadOnlyDictionary<string, Assembly> All = Directory.GetDirectories(Root).Order(StringComparer.Ordinal)
        .SelectMany(folder => Directory.GetFiles(folder, "*.csproj").Select(project => (AppId: Path.GetFileName(folder), Assembly: Assembly.Load(Path.GetFileNameWithoutExtension(project)))))
        .Where(service => ContextOf(service.Assembly) is not null)
        .ToDictionary(service => service.AppId, service => service.Assembly);

    public static IReadOnlyList<IServiceHost> CreateHosts(Walls walls, Ports ports, LogCapture logs, FakeIdentityAdmin identity, IReadOnlyDictionary<string, TestDatabase>? seeded) =>
        [.. All.Select(service => (IServiceHost)Activator.CreateInstance(typeof(ServiceHost<>).MakeGenericType(ContextOf(service.Value)!), service.Key, walls, ports, logs, identity, seeded?[service.Key])!)];

    /// <summary>The apps that serve a contract: the one that implements it, or all where the library does.</summary>
    public static IReadOnlyList<string> ServersOf(ServiceDescriptor contract)
    {
        var own = All.Where(service => Implements(service.Value, contract)).Select(service => service.Key).ToList();
        return own.Count == 0 && Implements(typeof(PlatformDbContext).Assembly, contract) ? [.. All.Keys] : own;
    }

    /// <summary>The app that a domain belongs to: it implements one of the contracts in its package itself.</summary>
    public static string? OwnerOf(FileDescriptor file) =>
        All.FirstOrDefault(service => service.Value.GetTypes().Any(type => type.BaseType?.DeclaringType is { } contract && contract.Namespace == Namespace(file))).Key;

    private static bool Implements(Assembly assembly, ServiceDescriptor contract) =>
        assembly.GetTypes().Any(type => type.BaseType is { } parent && parent.Name == $"{contract.Name}Base" && parent.Namespace == Namespace(contract.File));

    private static string Namespace(FileDescriptor file) => file.GetOptions().CsharpNamespace;

    private static Type? ContextOf(Assembly assembly) => assembly.GetTypes().SingleOrDefault(type => type.IsSubclassOf(typeof(PlatformDbContext)));

    private static string Here([CallerFilePath] string file = "") => file;
}
