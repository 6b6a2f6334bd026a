using System.Reflection;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;

namespace Isolation.Tests.Contracts;

/// <summary>A call of a public contract.</summary>
/// <param name="Method">Its descriptor.</param>
internal sealed partial record Rpc(MethodDescriptor Method)
{
    private static readonly List<FileDescriptor> Files = [.. typeof(Platform.Tenants.V1.Tenant).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => (FileDescriptor)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)];

    // Services whose calls no person of a company can make succeed, or would end the siege, each with where they are tried instead.
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["platform.tenants.v1.TenantLifecycleService"] = "The operator's, or the end of the company: LifecycleFacts of Tenants.Tests.",
        ["platform.automation.v1.SignupsService"] = "Without a token and without a tenant: SignupFacts of Automation.Tests.",
    };

    /// <summary>Every call that there is, but for those.</summary>
    public static IReadOnlyList<Rpc> All { get; } = [.. Files.SelectMany(file => file.Services).SelectMany(service => service.Methods).Where(method => !Elsewhere.ContainsKey(method.Service.FullName)).Select(method => new Rpc(method)).OrderBy(rpc => rpc.FullName, StringComparer.Ordinal)];

    /// <summary>Every message that travels as an event.</summary>
    public static IReadOnlyList<MessageDescriptor> Events { get; } =
        [.. Files.Where(file => file.Name.EndsWith("/events.proto", StringComparison.Ordinal)).SelectMany(file => file.MessageTypes).OrderBy(message => message.FullName, StringComparer.Ordinal)];

    public string FullName => Method.FullName;

    /// <summary>The Dapr app that serves it.</summary>
    public string AppId => Method.File.Package.Split('.')[1];

    /// <summary>The path of gRPC.</summary>
    public string Path => $"/{Method.Service.FullName}/{Method.Name}";

    /// <summary>"Win" in WinDeal.</summary>
    public string Verb => VerbPattern().Match(Method.Name).Value;

    /// <summary>"Deal" in WinDeal.</summary>
    public string Resource => Method.Name[Verb.Length..];

    public bool Creates => Verb is "Create" or "Send";

    public bool Reads => Verb is "Get" or "List" or "Search" or "Explain" or "Export";

    public bool Deletes => Verb == "Delete";

    /// <summary>The REST routes; none where the call is gRPC only.</summary>
    public IReadOnlyList<HttpRule> Routes =>
        Method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule ? [rule, .. rule.AdditionalBindings] : [];

    public override string ToString() => FullName;

    [GeneratedRegex("^[A-Z][a-z]+")]
    private static partial Regex VerbPattern();
}
