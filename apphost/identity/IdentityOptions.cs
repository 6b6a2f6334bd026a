namespace Platform.Identity;

/// <summary>Settings section <c>Identity</c>.</summary>
internal sealed record IdentityOptions
{
    public const string Section = "Identity";

    /// <summary>The address under which browsers and services reach this process; the issuer of its tokens begins with it.</summary>
    public Uri PublicUrl { get; init; } = new("http://localhost:8080");

    /// <summary>The Keycloak realm import to serve.</summary>
    public string RealmFile { get; init; } = "deploy/keycloak/platform-realm.json";

    /// <summary>Where keys are kept, so that tokens and sessions survive a restart.</summary>
    public string DataDirectory { get; init; } = ".data/identity";

    /// <summary>Lets clients that the realm allows it trade a password for a token. For tests only.</summary>
    public bool AllowDirectGrant { get; init; }

    /// <summary>Lets identity providers of customers live on this machine and speak plain HTTP. Default: in Development only.</summary>
    public bool? AllowLocalProviders { get; init; }

    /// <summary>How many sign-ins one network address may try in a minute, and how many refused tokens it may send to sign others out.</summary>
    public int SignInsPerMinute { get; init; } = 60;

    /// <summary>In Development, the password that the login page fills in for the people of the realm file.</summary>
    public string? DemoPassword { get; init; }

    public bool IsHttps => PublicUrl.Scheme == Uri.UriSchemeHttps;

    public static IdentityOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<IdentityOptions>() ?? new IdentityOptions();
        return options.PublicUrl is { IsAbsoluteUri: true, PathAndQuery: "/", Fragment: "" }
            ? options
            : throw new StartupException("Identity:PublicUrl must be an absolute address without a path, such as http://localhost:8080.");
    }
}
