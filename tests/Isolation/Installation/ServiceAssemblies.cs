using System.Reflection;
using System.Runtime.CompilerServices;
using Isolation.Tests.Oracle;
using Platform.Data;

namespace Isolation.Tests.Installation;

/// <summary>The services that have data, found by their folders.</summary>
internal static class ServiceAssemblies
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "services"));

    public static IReadOnlyList<IServiceHost> CreateHosts(Walls walls, Ports ports, LogCapture logs) =>
    [
        .. Directory.GetDirectories(Root).Order(StringComparer.Ordinal)
            .SelectMany(folder => Directory.GetFiles(folder, "*.csproj").Select(project => (AppId: Path.GetFileName(folder), Name: Path.GetFileNameWithoutExtension(project))))
            .Select(service => (service.AppId, Context: Assembly.Load(service.Name).GetTypes().SingleOrDefault(type => type.IsSubclassOf(typeof(PlatformDbContext)))))
            .Where(service => service.Context is not null)
            .Select(service => (IServiceHost)Activator.CreateInstance(typeof(ServiceHost<>).MakeGenericType(service.Context!), service.AppId, walls, ports, logs)!),
    ];

    private static string Here([CallerFilePath] string file = "") => file;
}
