using System.Reflection;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Authorization;
using Platform.Access;
using Xunit;

namespace Architecture.Tests;

public sealed class PermissionFacts
{
    private const string Oneself = "Everybody may ask about themselves; about others the handler asks for tenants.admin.";

    private const string Customer = "Tells what the domains' own lists show the caller, each asked with the caller's token; a section that the caller may not read is absent.";

    private const string Seen = "Of a record that the service whose it is lets the caller see, asked with the caller's token; what is written is what the caller wants to hear of.";

    private const string ByLink = "The customer has no account: a secret of 32 bytes in the link says which one quote it is about, and the gateway limits the page by address.";

    private const string Published = "What a company made public for everybody to read: the published records of one object, of these the fields that it named; the gateway limits it by address.";

    private const string OpenForm = "Whoever fills in a form of a company has no account: it shows what the company asks for, and makes a lead and nothing else; the gateway limits it by address.";

    // RPCs that any person with a valid token may call, each with the reason.
    private static readonly Dictionary<string, string> AnyMember = new()
    {
        ["platform.tenants.v1.TenantsService.GetAccess"] = "How every service learns what the person may do.",
        ["platform.tenants.v1.TenantLifecycleService.GetLimits"] = "How the gateway learns how many requests the company may make, in the name of whoever calls.",
        ["platform.tenants.v1.ExternalAppsService.GetGrant"] = "How every service learns what an application may do for its person.",
        ["platform.tenants.v1.ExchangeRatesService.ListExchangeRateChanges"] = "How every service that reports amounts learns the company's rates, in the name of whoever writes; it tells nothing of records.",
        ["platform.metadata.v1.ResourcesService.GetSchema"] = "How every service learns what the company's own fields are; it tells nothing of records.",
        ["platform.metadata.v1.ResourcesService.DescribeResources"] = "What the API's own description shows of the company: only resources that the caller may read, and nothing of records.",
        ["platform.pipelines.v1.PipelinesService.GetPipelineBook"] = "How the services whose records are in stages learn what stages there are; it tells nothing of records.",
        ["platform.tenants.v1.VisibilityService.FilterVisible"] = "How search learns which of the records that it found the caller may read: those that every list of the caller's shows, by roles and policies.",
        ["platform.tenants.v1.VisibilityService.FilterViewers"] = "For the service accounts of the platform alone: how notifications learn who may see what they tell of; the handler refuses everybody else.",
        ["platform.search.v1.SearchService.Search"] = "Finds records of the types that the caller's roles let read, and of these those that their services let the caller read.",
        ["platform.search.v1.CustomersService.GetCompanyOverview"] = Customer,
        ["platform.search.v1.CustomersService.GetPersonOverview"] = Customer,
        ["platform.contacts.v1.ContactsAccessService.ExplainAccess"] = Oneself,
        ["platform.deals.v1.DealsAccessService.ExplainAccess"] = Oneself,
        ["platform.finance.v1.FinanceAccessService.ExplainAccess"] = Oneself,
        ["platform.inventory.v1.InventoryAccessService.ExplainAccess"] = Oneself,
        ["platform.records.v1.RecordsAccessService.ExplainAccess"] = Oneself,
        ["platform.communications.v1.NotificationsService.ListNotifications"] = "One's own, whatever one's roles.",
        ["platform.communications.v1.NotificationsService.GetUnreadCount"] = "One's own, whatever one's roles.",
        ["platform.communications.v1.NotificationsService.MarkNotificationsRead"] = "One's own, whatever one's roles.",
        ["platform.communications.v1.LiveService.WatchChanges"] = "Tells the gateways what changes in all companies, so that their account names none; the handler asks for communications.watch, of a service account.",
        ["platform.communications.v1.FollowersService.ListFollowers"] = Seen,
        ["platform.communications.v1.FollowersService.FollowRecord"] = Seen,
        ["platform.communications.v1.FollowersService.UnfollowRecord"] = Seen,
        ["platform.tenants.v1.SignInsService.ListOwnSignIns"] = "One's own sign-ins, whatever one's roles.",
        ["platform.tenants.v1.SignInsService.DescribeDevice"] = "Says something of the session of the token itself, and of nothing else.",
    };

    // RPCs that need no token at all, each with the reason.
    private static readonly Dictionary<string, string> Anonymous = new()
    {
        ["platform.automation.v1.SignupsService.CreateSignup"] = "A company that signs up has nobody yet who could sign in; the gateway limits it by address.",
        ["platform.automation.v1.SignupsService.GetSignup"] = "Whoever began the sign-up asks how far it is, by an id that cannot be guessed; it tells nothing of people.",
        ["platform.deals.v1.QuoteLinksService.OpenQuoteLink"] = ByLink,
        ["platform.deals.v1.QuoteLinksService.GetQuoteLinkDocument"] = ByLink,
        ["platform.deals.v1.QuoteLinksService.GetQuoteLinkLogo"] = ByLink,
        ["platform.deals.v1.QuoteLinksService.AcceptQuoteLink"] = ByLink,
        ["platform.deals.v1.QuoteLinksService.DeclineQuoteLink"] = ByLink,
        ["platform.records.v1.PublishedService.ListPublished"] = Published,
        ["platform.records.v1.PublishedService.GetPublished"] = Published,
        ["platform.records.v1.PublishedService.GetPublishedLogo"] = Published,
        ["platform.contacts.v1.LeadIntakeService.GetOpenForm"] = OpenForm,
        ["platform.contacts.v1.LeadIntakeService.SubmitOpenForm"] = OpenForm,
        ["platform.contacts.v1.LeadIntakeService.GetOpenFormLogo"] = OpenForm,
    };

    private static readonly List<ServiceDescriptor> Contracts = [.. typeof(Platform.Tenants.V1.Tenant).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => (FileDescriptor)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)
        .SelectMany(file => file.Services)];

    public static TheoryData<string> Rpcs => [.. Contracts.SelectMany(service => service.Methods).Select(method => method.FullName)];

    [Fact]
    public void There_are_contracts_to_check() => Assert.True(Contracts.Count >= 9, $"Only {Contracts.Count} services were found.");

    [Theory]
    [MemberData(nameof(Rpcs))]
    public void Every_rpc_is_implemented_and_has_a_permission(string rpc)
    {
        var method = Contracts.SelectMany(service => service.Methods).Single(candidate => candidate.FullName == rpc);
        var implementation = ImplementationOf(rpc);
        Assert.True(implementation is not null, $"No service implements {rpc}.");
        var permission = implementation.GetCustomAttribute<PermissionAttribute>();
        var anyMember = implementation.GetCustomAttribute<AnyMemberAttribute>() is not null;
        var anonymous = implementation.GetCustomAttribute<AllowAnonymousAttribute>() is not null;
        Assert.Equal(anonymous, Anonymous.ContainsKey(rpc));
        Assert.True(anonymous ? permission is null && !anyMember : permission is not null ^ anyMember, $"{rpc} needs [Permission(…)], or [AnyMember] or [AllowAnonymous] and an entry on the allow-list.");
        Assert.Equal(anyMember, AnyMember.ContainsKey(rpc));
        if (permission is not null)
            Assert.StartsWith($"{Domain(method)}.", permission.Permission, StringComparison.Ordinal);
    }

    private static string Domain(MethodDescriptor method) => method.File.Package.Split('.')[1];

    /// <summary>What a service answers a call with.</summary>
    internal static MethodInfo? ImplementationOf(string rpc)
    {
        var method = Contracts.SelectMany(service => service.Methods).Single(candidate => candidate.FullName == rpc);
        // The audit log is answered by tenants for all services, and by each service for itself, as placements are.
        var domain = Domain(method) == "audit" ? "tenants" : Domain(method);
        Assembly[] assemblies = Repository.Services.TryGetValue(domain, out var assembly) ? [assembly, typeof(PermissionAttribute).Assembly] : [];
        return assemblies.SelectMany(found => found.GetTypes())
            .Where(type => type.BaseType is { Name: var name } && name == $"{method.Service.Name}Base")
            .Select(type => type.GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SingleOrDefault(found => found is not null);
    }
}
