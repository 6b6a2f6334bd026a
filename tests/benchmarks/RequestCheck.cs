using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Platform.Access;
using Platform.Access.ExternalApps;
using Platform.Auditing;
using Platform.Filtering;
using Platform.Hosting;
using Platform.Tenancy;
using Platform.Tenants.V1;
using Spectre.Console;

namespace Platform.Benchmarks;

/// <summary>
/// Processor time of the check of one request, as a service makes it: token, membership, permission and row rule. Warm: the token
/// was seen before, and what its person may do is known. Cold: a token of its own for each request.
/// </summary>
internal static class RequestCheck
{
    private const double Budget = 60;
    private const int ColdTokens = 2_000;
    private const int Turns = 9;
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly RsaSecurityKey Key = new(Rsa) { KeyId = "benchmark" };
    private static readonly Guid Tenant = Guid.CreateVersion7();
    private static readonly Guid User = Guid.CreateVersion7();

    public static async Task<int> RunAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        await using var app = Build();
        var warm = TokenOf(0);
        var cold = Enumerable.Range(1, ColdTokens).Select(TokenOf).ToArray();
        await MeasureAsync(app.Services, _ => warm, length / 3, cancellationToken);
        // The least of some turns, because what else the machine does is not the check's.
        var warmCost = double.MaxValue;
        for (var turn = 0; turn < Turns; turn++)
            warmCost = Math.Min(warmCost, await MeasureAsync(app.Services, _ => warm, length / Turns, cancellationToken));
        var coldCost = await MeasureRoundsAsync(app.Services, round => cold[round], ColdTokens, cancellationToken);
        AnsiConsole.Write(new Table().Border(TableBorder.Rounded).AddColumns("check of a request", "CPU µs", "budget µs")
            .AddRow("token, membership, permission, row rule; warm", $"{warmCost:0.0}", $"{Budget:0}")
            .AddRow("the same with a token that was never seen", $"{coldCost:0.0}", ""));
        return warmCost < Budget ? 0 : 1;
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Keycloak:realm"] = "platform";
        builder.Configuration["Keycloak:auth-server-url"] = "http://identity.test/";
        builder.Configuration["Keycloak:ssl-required"] = "none";
        builder.AddPlatform("benchmark");
        builder.Services.AddScoped<IAccessSource, Source>();
        builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options =>
        {
            var configuration = new OpenIdConnectConfiguration { Issuer = "http://identity.test/realms/platform" };
            configuration.SigningKeys.Add(Key);
            options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
        });
        return builder.Build();
    }

    private static async Task<double> MeasureAsync(IServiceProvider services, Func<int, string> token, TimeSpan length, CancellationToken cancellationToken)
    {
        var (round, start, cpu) = (0, TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        for (; TimeProvider.System.GetElapsedTime(start) < length; round++)
            await CheckAsync(services, token(round), cancellationToken);
        return (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / round;
    }

    private static async Task<double> MeasureRoundsAsync(IServiceProvider services, Func<int, string> token, int rounds, CancellationToken cancellationToken)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < rounds; round++)
            await CheckAsync(services, token(round), cancellationToken);
        return (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / rounds;
    }

    // What the pipeline does between routing and the handler, and the handler's first line.
    private static async Task CheckAsync(IServiceProvider services, string token, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        context.Request.Headers.Authorization = $"Bearer {token}";
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new PermissionAttribute("deals.read")), "benchmark"));
        context.User = (await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme)).Principal ?? throw new InvalidOperationException("The token was refused.");
        var caller = scope.ServiceProvider.GetRequiredService<Caller>();
        await new CallerMiddleware(_ => Task.CompletedTask).InvokeAsync(
            context, caller, scope.ServiceProvider.GetRequiredService<AccessDirectory>(), scope.ServiceProvider.GetRequiredService<ExternalAppDirectory>(), scope.ServiceProvider.GetRequiredService<AuditOrigin>());
        var authorized = await scope.ServiceProvider.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, context, [new PermissionAttribute("deals.read")]);
        var filter = new FilterContext(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Utc, caller.Access!.Variables);
        if (!authorized.Succeeded || caller.Access.RulesOf(Row.Resource, fields: null).For(AccessAction.Read).ToPredicate(filter) is null)
            throw new InvalidOperationException("The request was refused, or no rule was found.");
    }

    private static string TokenOf(int number) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "http://identity.test/realms/platform",
        Audience = "platform-api",
        Claims = new Dictionary<string, object>
        {
            ["sub"] = $"{User}",
            ["jti"] = $"{number}",
            ["azp"] = "platform-web",
            ["scope"] = "openid profile email organization",
            ["organization"] = new Dictionary<string, object> { ["company"] = new Dictionary<string, object> { ["id"] = $"{Tenant}" } },
        },
        Expires = DateTime.UtcNow.AddHours(1),
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
    });

    private sealed class Row : ProtectedEntity, IProtected<Row>
    {
        public static ProtectedResource<Row> Resource { get; } = new("deals.deal", FilterSchema.Of<Row>(fields => fields
            .Id("owner_id", row => row.OwnerId)
            .Instant("create_time", row => row.CreateTime)));

        public override ProtectedResource AccessResource() => Resource;
    }

    private sealed class Source : IAccessSource
    {
        public Task<Tenants.V1.Access> GetAccessAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken) => Task.FromResult(new Tenants.V1.Access
        {
            UserId = userId,
            Permissions = { "deals.read", "deals.write" },
            SubordinateIds = { Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7().ToString()) },
            Policies =
            {
                Policy("Own", PolicySpecificity.Role, PolicyEffect.Allow, "owner_id = user.id"),
                Policy("Below", PolicySpecificity.Team, PolicyEffect.Allow, "owner_id : user.subordinates"),
                Policy("Old", PolicySpecificity.Everyone, PolicyEffect.Deny, "create_time < \"2020-01-01T00:00:00Z\""),
            },
        });

        private static AccessPolicy Policy(string name, PolicySpecificity specificity, PolicyEffect effect, string filter) =>
            new() { Id = name, Name = name, Resource = "deals.deal", Specificity = specificity, Effect = effect, Actions = { "read" }, Filter = filter };
    }
}
