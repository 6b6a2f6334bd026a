using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Platform.Access;
using Platform.Access.ApiKeys;
using Platform.Access.ExternalApps;
using Platform.Access.Fields;
using Platform.Access.Records;
using Platform.Access.Tokens;
using Platform.Auditing;
using Platform.Caching;
using Platform.CustomFields;
using Platform.CustomFields.RollUps.Across;
using Platform.CustomFields.Values;
using Platform.Data;
using Platform.Errors;
using Platform.Events;
using Platform.Idempotency;
using Platform.Invocation;
using Platform.Languages;
using Platform.Rest;
using Platform.Tenancy;
using Platform.Tenancy.Placements;
using Platform.Tenancy.Quotas;
using Platform.Validation;

namespace Platform.Hosting;

/// <summary>What every service has: one call before Build, one after.</summary>
public static class PlatformHost
{
    /// <summary>The largest body of an ordinary call.</summary>
    public const long MaxRequestBody = 4 * 1024 * 1024;

    // A filter of the full length, each of its characters escaped: too long a one is refused by what reads it, which says why.
    private const int MaxAddress = 64 * 1024;

    private static readonly string[] SignatureAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>
    /// HTTP/2 cleartext only, telemetry, health, Keycloak tokens, permissions, typed errors, gRPC with JSON transcoding,
    /// validation, idempotency, clients of other services through Dapr.
    /// </summary>
    public static WebApplicationBuilder AddPlatform(this WebApplicationBuilder builder, string appId)
    {
        builder.AddEssentials(appId);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        AddAccess(builder.Services);
        builder.Services.AddScoped(provider => new AuditOrigin(appId, provider.GetRequiredService<TimeProvider>()));
        AddGrpc(builder.Services);
        builder.Services.AddSingleton<EventPublisher>();
        builder.Services.AddHttpClient(nameof(ServiceAccount));
        builder.Services.AddSingleton(provider => new ServiceAccount(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(ServiceAccount)), builder.Configuration, provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>
    /// What a process needs that is no service but stands in front of them: limits, telemetry, health, Keycloak tokens, typed
    /// refusals. Part of <see cref="AddPlatform"/>.
    /// </summary>
    public static WebApplicationBuilder AddEssentials(this WebApplicationBuilder builder, string appId)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
            kestrel.Limits.MaxRequestLineSize = MaxAddress;
            // Over HTTP/2 the address is a header.
            kestrel.Limits.Http2.MaxRequestHeaderFieldSize = MaxAddress;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxAddress + kestrel.Limits.MaxRequestHeadersTotalSize;
        });
        builder.AddTelemetry(appId);
        builder.Services.AddKeycloakWebApiAuthentication(builder.Configuration, options =>
        {
            options.MapInboundClaims = false;
            options.Audience = "platform-api";
            // A token names its key and is signed with one: no shared secret, no key tried that it did not name.
            options.TokenValidationParameters.ValidAlgorithms = SignatureAlgorithms;
            options.TokenValidationParameters.TryAllIssuerSigningKeys = false;
        });
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<TimeProvider>((options, time) =>
        {
            options.TokenHandlers.Clear();
            options.TokenHandlers.Add(new ValidatedTokens(time) { MapInboundClaims = false });
        });
        builder.Services.AddApiKeys();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, DenialHandler>();
        builder.Services.AddSingleton<RefusalLog>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks();
        return builder;
    }

    /// <summary>Answers what is thrown further down with a typed error, and logs it once where it is a fault.</summary>
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app) => app.UseMiddleware<ProblemMiddleware>();

    /// <summary>
    /// The pipeline and the routes that every service has; <paramref name="subscribe"/> names the events that this one reacts to.
    /// </summary>
    public static WebApplication MapPlatform(this WebApplication app, Action<EventSubscriptions>? subscribe = null)
    {
        app.UseLanguages();
        app.UseMiddleware<TypedStatusMiddleware>();
        app.UseRouting();
        app.UseProblems();
        app.UseMiddleware<SidecarOnlyMiddleware>();
        app.UseAuthentication();
        app.UseMiddleware<CallerMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<StrictJsonMiddleware>();

        var subscriptions = new EventSubscriptions()
            .OnRepeatable<Tenants.V1.MemberChanged>("ForgetAccess", ForgetAccessAsync)
            .OnRepeatable<Tenants.V1.AccessChanged>("ForgetAccessOfTenant", ForgetAccessAsync);
        if (app.Services.GetService<DatabaseNames>() is not null)
        {
            subscriptions.OnRepeatable<Tenants.V1.TenantPurged>(nameof(TenantRows), PurgeAsync);
            subscriptions.OnRepeatable<Tenants.V1.TenantLimitsChanged>(nameof(OnLimitsChanged), OnLimitsChanged.Handle);
        }

        if (app.Services.GetServices<ProtectedResource>().Any(resource => resource.Info.HasCustomFields))
        {
            subscriptions
                .OnEvery<CustomFields.V1.FieldsChanged>("KeepFieldValues", OnFieldsChanged.Handle)
                .OnRepeatable<CustomFields.V1.FieldsChanged>("ForgetFields", ForgetFieldsAsync)
                .OnRepeatable<CustomFields.V1.RollUpInputsTold>(nameof(OnRollUpInputsTold), OnRollUpInputsTold.HandleAsync)
                .OnEvery<CustomFields.V1.RollUpCountWanted>(nameof(OnRollUpCountWanted), OnRollUpCountWanted.HandleAsync);
        }

        subscribe?.Invoke(subscriptions);
        app.MapEvents(subscriptions);
        if (app.Services.GetService<DatabaseNames>() is not null)
        {
            app.MapGrpcService<AuditLogService>();
            app.MapGrpcService<PlacementsService>();
            app.MapGrpcService<UsageService>();
            app.MapGrpcService<VisibilityService>();
        }

        app.MapHealthChecks("/health").AllowAnonymous();
        if (app.Services.GetService<DatabaseNames>() is not null)
            app.MapStorageCheck();
        return app;
    }

    // One replica has the event; all have what it makes wrong.
    private static Task ForgetAccessAsync(Tenants.V1.MemberChanged message, EventContext context, CancellationToken cancellationToken) =>
        context.Services.GetRequiredService<AccessDirectory>().SpreadAsync(context.TenantId, message.UserId, cancellationToken);

    private static Task ForgetAccessAsync(Tenants.V1.AccessChanged message, EventContext context, CancellationToken cancellationToken) =>
        context.Services.GetRequiredService<AccessDirectory>().SpreadAsync(context.TenantId, message.Version, cancellationToken);

    private static async Task PurgeAsync(Tenants.V1.TenantPurged message, EventContext context, CancellationToken cancellationToken)
    {
        await TenantRows.DeleteAsync(context.Services, cancellationToken);
        await context.Services.GetRequiredService<TenantMover>().EvictAsync(context.TenantId, cancellationToken);
    }

    private static Task ForgetFieldsAsync(CustomFields.V1.FieldsChanged message, EventContext context, CancellationToken cancellationToken) =>
        context.Services.GetRequiredService<CustomFieldDirectory>().SpreadAsync(context.TenantId, message.Version, cancellationToken);

    private static void AddAccess(IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build())
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new UndeclaredRequirement()).Build());
        services.AddScoped<Caller>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddScoped<IAuthorizationHandler, AnyMemberHandler>();
        services.AddSingleton<ReplicaSignal>();
        services.AddSingleton<AccessDirectory>();
        services.AddSingleton<CustomFieldDirectory>();
        services.TryAddScoped<ICustomFieldSource, RemoteCustomFieldSource>();
        services.TryAddScoped<IAccessSource, RemoteAccessSource>();
        services.AddSingleton<ExternalAppDirectory>();
        services.TryAddScoped<IExternalAppSource, RemoteExternalAppSource>();
    }

    private static void AddGrpc(IServiceCollection services)
    {
        services.AddSingleton<FailureInterceptor>();
        services.AddSingleton<CustomFieldsInterceptor>();
        services.AddSingleton<FieldRulesInterceptor>();
        services.AddSingleton<EntityTagInterceptor>();
        services.AddSingleton<ValidationInterceptor>();
        services.AddSingleton<IdempotencyInterceptor>();
        services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = (int)MaxRequestBody;
            options.IgnoreUnknownServices = false;
            options.Interceptors.Add<FailureInterceptor>();
            options.Interceptors.Add<CustomFieldsInterceptor>();
            options.Interceptors.Add<FieldRulesInterceptor>();
            options.Interceptors.Add<EntityTagInterceptor>();
            options.Interceptors.Add<ValidationInterceptor>();
            options.Interceptors.Add<IdempotencyInterceptor>();
        }).AddJsonTranscoding(options => options.TypeRegistry = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor));
        // A status that a caller caused is the caller's news, not a line in the log.
        services.AddLogging(logging => logging
            .AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.Critical)
            .AddFilter("Grpc.AspNetCore.Grpc.JsonTranscoding.ServerCallHandler", LogLevel.Critical));
    }
}
