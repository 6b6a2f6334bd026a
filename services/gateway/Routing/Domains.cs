using Platform.Gateway.Forwarding;
using Platform.Gateway.Limits;
using Platform.Invocation;

namespace Platform.Gateway.Routing;

/// <summary>
/// The domains that the outside world may reach; each is the Dapr app of its name, but for the audit log of all services, which
/// tenants answers, quotes, which deals has, and the objects that companies define, which records has. What has no route here cannot be reached.
/// </summary>
internal static class Domains
{
    public static readonly IReadOnlyList<string> All =
        [DaprNames.Tenants, DaprNames.Contacts, DaprNames.Deals, DaprNames.Finance, DaprNames.Communications, DaprNames.Automation, DaprNames.Metadata, DaprNames.Records, DaprNames.Pipelines, DaprNames.Inventory, DaprNames.Search, Quotes, Objects, Audit];

    private const string Audit = "audit";

    private const string Quotes = "quotes";

    private const string Objects = "objects";

    private const string Signups = "/api/v1/automation/signups";

    private static readonly string[] LinkVerbs = ["openLink", "linkDocument", "linkLogo", "acceptLink", "declineLink"];

    private static readonly string[] PublishedVerbs = ["published", "publishedRecord", "publishedLogo"];

    private static readonly string[] FormVerbs = ["openForm", "formLogo"];

    private static readonly string[] Customers = ["companies", "people"];

    private static readonly string[] Methods =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    /// <summary>Maps REST and gRPC of each domain; a valid token is needed for all of it.</summary>
    public static void MapDomains(this IEndpointRouteBuilder endpoints)
    {
        var forwarder = endpoints.ServiceProvider.GetRequiredService<SidecarForwarder>();
        foreach (var domain in All)
        {
            endpoints.MapMethods($"/api/v1/{domain}/{{**rest}}", Methods, context => forwarder.RestAsync(context, domain, AppOf(domain))).RequireAuthorization();
            endpoints.MapMethods($"/api/v1/{domain}:{{verb}}", Methods, context => forwarder.RestAsync(context, domain, AppOf(domain))).RequireAuthorization();
            endpoints.MapPost($"/platform.{domain}.v1.{{service}}/{{method}}", context => forwarder.GrpcAsync(context, domain, AppOf(domain))).RequireAuthorization();
        }

        endpoints.MapOpenCalls(forwarder);
        // Who signs a company up has no token yet.
        endpoints.MapPost(Signups, context => forwarder.RestAsync(context, DaprNames.Automation, DaprNames.Automation)).AllowAnonymous().LimitSignups(endpoints.ServiceProvider);
        endpoints.MapGet($"{Signups}/{{id}}", context => forwarder.RestAsync(context, DaprNames.Automation, DaprNames.Automation)).AllowAnonymous();
        // The customer of a quote has no account, but the secret of its link.
        foreach (var verb in LinkVerbs)
            endpoints.MapPost($"/api/v1/{Quotes}:{verb}", context => forwarder.RestAsync(context, Quotes, DaprNames.Deals)).AllowAnonymous().LimitQuoteLinks(endpoints.ServiceProvider);
        // What a company made public is for everybody, and so are its forms.
        foreach (var verb in PublishedVerbs)
            endpoints.MapGet($"/api/v1/{Objects}:{verb}", context => forwarder.RestAsync(context, Objects, DaprNames.Records)).AllowAnonymous().LimitPublicPages(endpoints.ServiceProvider);
        foreach (var verb in FormVerbs)
            endpoints.MapGet($"/api/v1/{DaprNames.Contacts}:{verb}", context => forwarder.RestAsync(context, DaprNames.Contacts, DaprNames.Contacts)).AllowAnonymous().LimitPublicPages(endpoints.ServiceProvider);
        endpoints.MapPost($"/api/v1/{DaprNames.Contacts}:submitForm", context => forwarder.RestAsync(context, DaprNames.Contacts, DaprNames.Contacts)).AllowAnonymous().LimitForms(endpoints.ServiceProvider);
        // The contacts domain is two services: what all domains know of a customer is gathered by search.
        foreach (var customers in Customers)
            endpoints.MapGet($"/api/v1/{DaprNames.Contacts}/{customers}/{{id}}:overview", context => forwarder.RestAsync(context, DaprNames.Contacts, DaprNames.Search)).RequireAuthorization();
        endpoints.MapGet("/api/v1/access:explain", context => forwarder.AnswerAsync(context, DomainOf(context), AppOf(DomainOf(context)), "/access:explain")).RequireAuthorization();
    }

    // The domain that owns the resource explains; of an unknown one, tenants says that there is no such route.
    private static string DomainOf(HttpContext context)
    {
        var resource = context.Request.Query["resource"].ToString();
        return All.FirstOrDefault(domain => resource.StartsWith($"{domain}.", StringComparison.Ordinal)) ?? DaprNames.Tenants;
    }

    private static string AppOf(string domain) => domain switch
    {
        Audit => DaprNames.Tenants,
        Objects => DaprNames.Records,
        Quotes => DaprNames.Deals,
        _ => domain,
    };
}
