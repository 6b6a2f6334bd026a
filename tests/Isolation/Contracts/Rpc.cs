using System.Reflection;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;
using Isolation.Tests.Installation;

namespace Isolation.Tests.Contracts;

/// <summary>A call of a public contract, at one of the services that serve it.</summary>
/// <param name="Method">Its descriptor.</param>
/// <param name="AppId">The Dapr app.</param>
/// <param name="IsPublic">Whether the gateway leads there: to the app that the contract's domain belongs to.</param>
internal sealed partial record Rpc(MethodDescriptor Method, string AppId, bool IsPublic)
{
    // What belongs to a resource and is reached by its id.
    private static readonly string[] Parts = ["Document", "Link"];

    private static readonly List<FileDescriptor> Files = [.. typeof(Platform.Tenants.V1.Tenant).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => (FileDescriptor)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)];

    // Services whose calls no person of a company can make succeed, or would end the siege, each with where they are tried instead.
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["platform.tenants.v1.TenantLifecycleService"] = "The operator's, or the end of the company: LifecycleFacts of Tenants.Tests.",
        ["platform.tenants.v1.SharesService"] = "The platform's own services ask it: ShareFacts of Tenants.Tests.",
        ["platform.tenants.v1.SupportAccessService"] = "Begins with a person of the operator: SupportAccessFacts of Tenants.Tests.",
        ["platform.deals.v1.QuoteLinksService"] = "Without a token and for one quote: QuoteLinkFacts of Deals.Tests.",
        ["platform.records.v1.PublishedService"] = "Without a token and of what was made public: PublishedFacts of Records.Tests; its pages are attacked as endpoints.",
        ["platform.contacts.v1.LeadIntakeService"] = "Without a token and for one open form: LeadFormFacts of Contacts.Tests; its pages are attacked as endpoints.",
        ["platform.contacts.v1.ConversionsService"] = "Answers while a lead is being converted, and who converts it: ConversionDealFacts of Contacts.Tests.",
        ["platform.automation.v1.SignupsService"] = "Without a token and without a tenant: SignupFacts of Automation.Tests.",
    };

    /// <summary>Every call that there is, but for those; one that all services serve is there as often.</summary>
    public static IReadOnlyList<Rpc> All { get; } =
        [.. Files.SelectMany(file => file.Services).Where(service => !Elsewhere.ContainsKey(service.FullName)).SelectMany(service => service.Methods).SelectMany(At).OrderBy(rpc => rpc.FullName, StringComparer.Ordinal)];

    /// <summary>Calls that nobody of a company may make, whatever their roles: they are attacked, and refused.</summary>
    private static readonly Dictionary<string, string> Operators = new Dictionary<string, string>
    {
        ["platform.tenants.v1.VisibilityService.FilterViewers"] = "The platform's own services ask it: VisibilityFacts of Contacts.Tests.",
        ["platform.tenants.v1.UsageService.ReturnShare"] = "The tenants service asks it: CompanyLimitFacts of Contacts.Tests.",
        ["platform.tenants.v1.PlacementsService.MoveTenant"] = "An operator's account moves tenants.",
        ["platform.communications.v1.LiveService.WatchChanges"] = "The gateways' own account watches.",
        ["platform.communications.v1.LiveService.ListChanges"] = "The gateways' own account watches.",
        ["platform.communications.v1.LiveService.TellPresence"] = "The gateways' own account watches.",
    };

    /// <summary>Every message that travels as an event.</summary>
    public static IReadOnlyList<MessageDescriptor> Events { get; } =
        [.. Files.Where(file => file.Name.EndsWith("/events.proto", StringComparison.Ordinal)).SelectMany(file => file.MessageTypes).OrderBy(message => message.FullName, StringComparer.Ordinal)];

    public string FullName => IsPublic ? Method.FullName : $"{Method.FullName} of {AppId}";

    /// <summary>The path of gRPC.</summary>
    public string Path => $"/{Method.Service.FullName}/{Method.Name}";

    /// <summary>"Win" in WinDeal.</summary>
    public string Verb => VerbPattern().Match(Method.Name).Value;

    /// <summary>"Deal" in WinDeal; "Quote" in GetQuoteDocument, which is a file of it.</summary>
    public string Resource => KindIn(Domain, Verb == Bulk ? BulkJob : Message);

    /// <summary>The name of the message that it is about.</summary>
    private string Message => Method.Name[Verb.Length..^(Parts.FirstOrDefault(part => Method.Name.EndsWith(part, StringComparison.Ordinal))?.Length ?? 0)];

    private const string Bulk = "Bulk";
    private const string BulkJob = "BulkJob";

    // What is sent is made by it, unless it is sent by its id.
    public bool Creates => Verb is "Create" or Bulk || (Verb == "Send" && Method.InputType.FindFieldByName("id") is null);

    public bool Reads => Verb is "Get" or "List" or "Search" or "Explain" or "Export" or "Read" or "Verify" or "Compare" or "Describe" or "Count";

    public bool Deletes => Verb == "Delete";

    /// <summary>What ids are kept by: the name of a message, with its domain where several have one of that name.</summary>
    public static string KindIn(string domain, string message) => message is BulkJob or "Import" ? $"{message} of {domain}" : message;

    /// <summary>"deals" in platform.deals.v1.</summary>
    public string Domain => DomainOf(Method.FullName);

    /// <summary>The domain in the name of a call.</summary>
    public static string DomainOf(string rpc) => rpc.Split('.')[1];

    /// <summary>The REST routes; none where the call is gRPC only.</summary>
    public IReadOnlyList<HttpRule> Routes =>
        Method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule ? [rule, .. rule.AdditionalBindings] : [];

    /// <summary>Whether it is for operators alone.</summary>
    public bool IsForOperators => Operators.ContainsKey(Method.FullName);

    /// <summary>Whether its request only narrows what is read, so that an empty one reads all.</summary>
    public bool Filters => Reads && Verb != "Get";

    public override string ToString() => FullName;

    private static IEnumerable<Rpc> At(MethodDescriptor method)
    {
        var owner = ServiceAssemblies.OwnerOf(method.File);
        return ServiceAssemblies.ServersOf(method.Service).Select(app => new Rpc(method, app, app == owner));
    }

    [GeneratedRegex("^[A-Z][a-z]+")]
    private static partial Regex VerbPattern();
}
