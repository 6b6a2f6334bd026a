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

/// <summary>The routes that have a limit of their own, because anybody may ask for them.</summary>
internal static class RouteLimits
{
    private const string Signups = "SignupLimit";
    private const string QuoteLinks = "QuoteLinkLimit";

    public static IServiceCollection AddRouteLimits(this IServiceCollection services, IConfiguration configuration) => services
        .Configure<SignupLimitOptions>(configuration.GetSection(Signups))
        .Configure<QuoteLinkLimitOptions>(configuration.GetSection(QuoteLinks))
        .AddKeyedSingleton(Signups, (provider, _) => OfSignups(Of<SignupLimitOptions>(provider), provider.GetRequiredService<TimeProvider>()))
        .AddKeyedSingleton(QuoteLinks, (provider, _) => OfQuoteLinks(Of<QuoteLinkLimitOptions>(provider), provider.GetRequiredService<TimeProvider>()));

    /// <summary>Marks the route that begins a sign-up.</summary>
    public static TBuilder LimitSignups<TBuilder>(this TBuilder route, IServiceProvider services)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(services.GetRequiredKeyedService<RouteLimit>(Signups));

    /// <summary>Marks the routes of who has the link of a quote.</summary>
    public static TBuilder LimitQuoteLinks<TBuilder>(this TBuilder route, IServiceProvider services)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(services.GetRequiredKeyedService<RouteLimit>(QuoteLinks));

    private static RouteLimit OfSignups(SignupLimitOptions options, TimeProvider time) => new(options.PermitsPerHour / 3600, options.Burst, time);

    private static RouteLimit OfQuoteLinks(QuoteLinkLimitOptions options, TimeProvider time) => new(options.PermitsPerMinute / 60, options.Burst, time);

    private static T Of<T>(IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptions<T>>().Value;
}
