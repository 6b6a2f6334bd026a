using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Platform.Identity.Data;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using Platform.Identity.SignOut;
using Platform.Identity.Tokens;

namespace Platform.Identity.Hosting;

internal static class Services
{
    // A login form or a token request; nothing that comes here is longer.
    private const int MaxRequestBytes = 64 * 1024;

    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        var options = IdentityOptions.Read(builder.Configuration);
        var realm = RealmFile.Load(options.RealmFile, name => builder.Configuration[name]);
        var addresses = new RealmAddresses(options, realm);
        var directory = DataDirectory(options);
        var keys = TokenKeys.Load(directory.FullName);
        var database = new Database(ConnectionString(builder.Configuration));

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        });
        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(realm).AddSingleton(addresses).AddSingleton(keys).AddSingleton(database)
            .AddSingleton(TimeProvider.System);
        services.AddDbContextPool<IdentityDbContext>(context => IdentityDbContext.Configure(context, database.ConnectionString), poolSize: 32);
        services.AddDataProtection().SetApplicationName("Platform.Identity")
            .PersistKeysToFileSystem(directory.CreateSubdirectory("cookie-keys"));
        services.AddHttpContextAccessor();
        services.AddAuthentication().AddCookie(SessionCookie.Scheme, cookie => SessionCookie.Configure(cookie, options, addresses, realm));
        services.AddAntiforgery(antiforgery => Configure(antiforgery, options, addresses));
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. realm.Clients.SelectMany(client => client.WebOrigins).Distinct()])
            .AllowAnyHeader().WithMethods("GET", "POST").AllowCredentials()));
        services.AddRealmServer(realm, addresses, options, keys);
        services.AddIdentityFeatures();
    }

    private static void AddIdentityFeatures(this IServiceCollection services)
    {
        services.AddSingleton<Assets>().AddSingleton<ErrorPage>();
        services.AddSingleton<LoginPage>().AddSingleton<OrganizationPage>().AddSingleton<LoginFlowSeal>().AddSingleton<DemoAccounts>().AddSingleton<SignInLimiter>();
        services.AddSingleton<SignInPages>().AddSingleton<SignOutPages>();
        services.AddScoped<AuthorizeEndpoint>().AddScoped<TokenEndpoint>().AddScoped<EndSessionEndpoint>();
        services.AddScoped<SignInEndpoint>().AddScoped<SignInChecks>();
        services.AddScoped<SessionStore>().AddScoped<BruteForceGuard>().AddScoped<Authenticator>();
        services.AddSingleton<RealmFingerprint>().AddSingleton<DatabaseState>().AddScoped<ClientRegistration>();
        services.AddHostedService<WarmUp>().AddHostedService<Housekeeping>();
    }

    private static string ConnectionString(IConfiguration configuration)
    {
        var given = configuration.GetConnectionString("identity");
        if (string.IsNullOrWhiteSpace(given))
            throw new StartupException("ConnectionStrings:identity is not set: give the PostgreSQL database that keeps sessions and tokens.");
        try
        {
            return new NpgsqlConnectionStringBuilder(given).ConnectionString;
        }
        catch (ArgumentException exception)
        {
            throw new StartupException($"ConnectionStrings:identity is not an Npgsql connection string: {exception.Message}", exception);
        }
    }

    private static void Configure(AntiforgeryOptions antiforgery, IdentityOptions options, RealmAddresses addresses)
    {
        antiforgery.Cookie.Name = $"platform_forgery_{options.PublicUrl.Port}";
        antiforgery.Cookie.Path = $"{addresses.Base}/";
        // Lax, because the login page is reached by a redirect from the application.
        antiforgery.Cookie.SameSite = SameSiteMode.Lax;
        antiforgery.SuppressXFrameOptionsHeader = true;
    }

    private static DirectoryInfo DataDirectory(IdentityOptions options)
    {
        try
        {
            return Directory.CreateDirectory(options.DataDirectory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Identity:DataDirectory {options.DataDirectory} cannot be written: {exception.Message}", exception);
        }
    }
}
