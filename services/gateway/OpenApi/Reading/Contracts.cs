using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Platform.Gateway.OpenApi.Reading;

/// <summary>The contracts with their comments, as they were when the assembly of contracts was built.</summary>
internal static class Contracts
{
    private const string Resource = "contracts.binpb";

    private static readonly Lazy<IReadOnlyList<FileDescriptor>> Files = new(Load);

    /// <summary>The gRPC services of these domains, in the order of the domains and of their names.</summary>
    public static IEnumerable<ServiceDescriptor> ServicesOf(IEnumerable<string> domains) => domains.SelectMany(domain => Files.Value
        .Where(file => file.Package == $"platform.{domain}.v1")
        .SelectMany(file => file.Services)
        .OrderBy(service => service.Name, StringComparer.Ordinal));

    /// <summary>The message of that full name; null where there is none.</summary>
    public static MessageDescriptor? Message(string fullName) =>
        Files.Value.SelectMany(file => file.MessageTypes).FirstOrDefault(message => message.FullName == fullName);

    private static IReadOnlyList<FileDescriptor> Load()
    {
        using var stream = typeof(Tenants.V1.Tenant).Assembly.GetManifestResourceStream(Resource)!;
        var registry = new ExtensionRegistry { AnnotationsExtensions.Http };
        var files = FileDescriptorSet.Parser.WithExtensionRegistry(registry).ParseFrom(stream).File;
        return FileDescriptor.BuildFromByteStrings(files.Select(file => file.ToByteString()), registry);
    }
}
