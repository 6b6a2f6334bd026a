using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Platform.Hosting;
using Platform.Identity.Account;
using Platform.Identity.Admin;
using Platform.Identity.Brokering;
using Platform.Identity.Consents;
using Platform.Identity.Data;
using Platform.Identity.Events;
using Platform.Identity.Mail;
using Platform.Identity.Otp;
using Platform.Identity.Pages;
using Platform.Identity.Passkeys;
using Platform.Identity.Passwords;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using Platform.Identity.SignOut;
using Platform.Identity.Steps;
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
        var mail = MailSettings.Of(realm);
        var database = new Database(ConnectionString(builder.Configuration));

        builder.AddOtlpExport("identity", tracing => tracing.AddSource("Npgsql"), metrics => metrics.AddMeter("Npgsql"));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        });
        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(realm).AddSingleton(addresses).AddSingleton(keys).AddSingleton(database)
            .AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new Mailer(mail, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Mailer>>()));
        services.AddDbContextPool<IdentityDbContext>(context => IdentityDbContext.Configure(context, database.ConnectionString), poolSize: 32);
        services.AddDataProtection().SetApplicationName("Platform.Identity")
            .PersistKeysToFileSystem(directory.CreateSubdirectory("cookie-keys"));
        services.AddHttpContextAccessor();
        services.AddAuthentication().AddCookie(SessionCookie.Scheme, cookie => SessionCookie.Configure(cookie, options, addresses, realm));
        services.AddAntiforgery(antiforgery => Configure(antiforgery, options, addresses));
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .SetIsOriginAllowed(origin => realm.Clients.Any(client => client.WebOrigins.Contains(origin)))
            .AllowAnyHeader().WithMethods("GET", "POST").AllowCredentials()));
        services.AddRealmServer(realm, addresses, options, keys);
        services.AddIdentityFeatures();
    }

    private static void AddIdentityFeatures(this IServiceCollection services)
    {
        services.AddSingleton<Assets>().AddSingleton<ErrorPage>();
        services.AddScoped<LoginPage>().AddSingleton<OrganizationPage>().AddSingleton<LoginFlowSeal>().AddSingleton<DemoAccounts>().AddSingleton<SignInLimiter>();
        services.AddScoped<SignInPages>().AddSingleton<SignOutPages>();
        services.AddScoped<AuthorizeEndpoint>().AddScoped<TokenEndpoint>().AddScoped<EndSessionEndpoint>();
        services.AddScoped<SignInEndpoint>().AddScoped<SignInChecks>();
        services.AddScoped<SessionStore>().AddScoped<BruteForceGuard>().AddScoped<Authenticator>();
        services.AddScoped<SessionEnd>().AddSingleton<LogoutSignal>().AddSingleton<LogoutToken>();
        services.AddHttpClient(LogoutSender.HttpClient, client => client.Timeout = TimeSpan.FromSeconds(5))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddSingleton<RealmRecords>().AddSingleton<RealmGate>().AddScoped<RealmStore>();
        services.AddScoped<IStep, CodeStep>().AddScoped<IStep, EmailStep>().AddScoped<IStep, PasswordStep>().AddScoped<IStep, TotpStep>()
            .AddScoped<IStep, PasskeyStep>().AddScoped<IStep, RecoveryStep>();
        services.AddScoped<PasskeyCeremony>().AddScoped<PasskeySignIn>().AddSingleton<SpentChallenges>().AddSingleton<PasskeyChallengeSeal>();
        services.AddScoped<SignInSteps>().AddScoped<StepEndpoint>().AddScoped<ForgotPassword>().AddSingleton<ActionLinks>().AddSingleton<MailPace>();
        services.AddSingleton<StepPages>().AddSingleton<StepsSeal>().AddScoped<OtpVerifier>();
        services.AddSingleton<PasswordPolicy>().AddScoped<PasswordChange>();
        services.AddScoped<ConsentBook>().AddSingleton<ConsentPage>().AddScoped<ConsentEndpoint>();
        services.AddHostedService(provider => provider.GetRequiredService<Mailer>());
        services.AddSingleton<EventJournal>().AddHostedService(provider => provider.GetRequiredService<EventJournal>());
        services.AddHostedService<LogoutSender>();
        services.AddAccount();
        services.AddBrokering();
        services.AddScoped<AdminGuard>().AddScoped<OrganizationsApi>().AddScoped<UsersApi>().AddScoped<UserStateApi>().AddScoped<ClientsApi>().AddScoped<EventsApi>();
        services.AddScoped<IdentityProvidersApi>();
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
            // The keys that tokens are signed with lie there.
            var directory = Directory.CreateDirectory(options.DataDirectory);
            if (!OperatingSystem.IsWindows())
                directory.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            return directory;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Identity:DataDirectory {options.DataDirectory} cannot be written: {exception.Message}", exception);
        }
    }
}
