using Microsoft.Extensions.Options;

namespace Platform.Gateway.Limits;

/// <summary>Settings under <c>SignupLimit</c>: sign-ups make accounts and send mail.</summary>
internal sealed class SignupLimitOptions
{
    /// <summary>Sign-ups that an address may begin in an hour, for any length of time. Default: 10.</summary>
    public double PermitsPerHour { get; set; } = 10;

    /// <summary>Sign-ups that an address may begin at once after a pause. Default: 10.</summary>
    public int Burst { get; set; } = 10;
}

/// <summary>Settings under <c>QuoteLinkLimit</c>: whoever tries links has few tries.</summary>
internal sealed class QuoteLinkLimitOptions
{
    /// <summary>Requests about links of quotes that an address may make in a minute, for any length of time. Default: 30.</summary>
    public double PermitsPerMinute { get; set; } = 30;

    /// <summary>Such requests that an address may make at once after a pause. Default: 60.</summary>
    public int Burst { get; set; } = 60;
}

/// <summary>Settings under <c>PublicPageLimit</c>: pages that anybody may read.</summary>
internal sealed class PublicPageLimitOptions
{
    /// <summary>Public pages, and what is in them, that an address may ask for in a minute, for any length of time. Default: 240.</summary>
    public double PermitsPerMinute { get; set; } = 240;

    /// <summary>Such requests that an address may make at once after a pause. Default: 240.</summary>
    public int Burst { get; set; } = 240;
}

/// <summary>Settings under <c>FormLimit</c>: whoever sends forms makes leads.</summary>
internal sealed class FormLimitOptions
{
    /// <summary>Forms that an address may send in a minute, for any length of time. Default: 6.</summary>
    public double PermitsPerMinute { get; set; } = 6;

    /// <summary>Forms that an address may send at once after a pause. Default: 12.</summary>
    public int Burst { get; set; } = 12;
}

/// <summary>The routes that have a limit of their own, because anybody may ask for them.</summary>
internal static class RouteLimits
{
    private const string Signups = "SignupLimit";
    private const string QuoteLinks = "QuoteLinkLimit";
    private const string PublicPages = "PublicPageLimit";
    private const string Forms = "FormLimit";

    public static IServiceCollection AddRouteLimits(this IServiceCollection services, IConfiguration configuration) => services
        .Configure<SignupLimitOptions>(configuration.GetSection(Signups))
        .Configure<QuoteLinkLimitOptions>(configuration.GetSection(QuoteLinks))
        .Configure<PublicPageLimitOptions>(configuration.GetSection(PublicPages))
        .Configure<FormLimitOptions>(configuration.GetSection(Forms))
        .AddKeyedSingleton(PublicPages, (provider, _) => OfPublicPages(Of<PublicPageLimitOptions>(provider), provider.GetRequiredService<TimeProvider>()))
        .AddKeyedSingleton(Forms, (provider, _) => OfForms(Of<FormLimitOptions>(provider), provider.GetRequiredService<TimeProvider>()))
        .AddKeyedSingleton(Signups, (provider, _) => OfSignups(Of<SignupLimitOptions>(provider), provider.GetRequiredService<TimeProvider>()))
        .AddKeyedSingleton(QuoteLinks, (provider, _) => OfQuoteLinks(Of<QuoteLinkLimitOptions>(provider), provider.GetRequiredService<TimeProvider>()));

    /// <summary>Marks the route that begins a sign-up.</summary>
    public static TBuilder LimitSignups<TBuilder>(this TBuilder route, IServiceProvider services)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(services.GetRequiredKeyedService<RouteLimit>(Signups));

    /// <summary>Marks the routes of who has the link of a quote.</summary>
    public static TBuilder LimitQuoteLinks<TBuilder>(this TBuilder route, IServiceProvider services)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(services.GetRequiredKeyedService<RouteLimit>(QuoteLinks));

    /// <summary>Marks the routes of public pages.</summary>
    public static TBuilder LimitPublicPages<TBuilder>(this TBuilder route, IServiceProvider services)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(services.GetRequiredKeyedService<RouteLimit>(PublicPages));

    /// <summary>Marks the routes to which forms are sent.</summary>
    public static TBuilder LimitForms<TBuilder>(this TBuilder route, IServiceProvider services)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(services.GetRequiredKeyedService<RouteLimit>(Forms));

    private static RouteLimit OfSignups(SignupLimitOptions options, TimeProvider time) => new(options.PermitsPerHour / 3600, options.Burst, time);

    private static RouteLimit OfQuoteLinks(QuoteLinkLimitOptions options, TimeProvider time) => new(options.PermitsPerMinute / 60, options.Burst, time);

    private static RouteLimit OfPublicPages(PublicPageLimitOptions options, TimeProvider time) => new(options.PermitsPerMinute / 60, options.Burst, time);

    private static RouteLimit OfForms(FormLimitOptions options, TimeProvider time) => new(options.PermitsPerMinute / 60, options.Burst, time);

    private static T Of<T>(IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptions<T>>().Value;
}
