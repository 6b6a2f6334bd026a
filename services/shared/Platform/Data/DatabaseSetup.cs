using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Access;
using Platform.Auditing;
using Platform.Caching;
using Platform.CustomFields;
using Platform.CustomFields.Relations;
using Platform.Events;
using Platform.Filtering.Sql;
using Platform.Idempotency;
using Platform.Importing.Writing;
using Platform.Invocation;
using Platform.Tenancy;
using Platform.Tenancy.Placements;
using Platform.Tenancy.Quotas;

namespace Platform.Data;

/// <summary>Registers the database of a service.</summary>
public static class DatabaseSetup
{
    /// <summary>
    /// Adds the service's DbContext on <c>ConnectionStrings:{appId}</c> (the application's role, which owns nothing), migrations
    /// on <c>ConnectionStrings:{appId}-owner</c> where it is given, the outbox relay, the inbox, idempotency keys and the audit log.
    /// </summary>
    public static WebApplicationBuilder AddDatabase<TContext>(this WebApplicationBuilder builder, string appId)
        where TContext : PlatformDbContext
    {
        var services = builder.Services;
        services.AddSingleton(new DatabaseNames(appId));
        services.AddSingleton(provider => CreateDataSource(provider.GetRequiredService<IConfiguration>(), appId));
        services.AddWorkSignal<OutboxSignal>();
        services.AddWorkSignal<AuditSignal>();
        services.TryAddSingleton<AuditRedaction>((_, _, _, _) => ValueTask.CompletedTask);
        services.AddSingleton<TenantDatabases>();
        services.AddSingleton(provider => new WorkPlaces(provider.GetRequiredService<TenantDatabases>()));
        services.AddSingleton<TenantCommandInterceptor>();
        services.AddSingleton<TenantRouteInterceptor>();
        services.AddSingleton<PreparedStatements>();
        services.AddSingleton<WorkSignalInterceptor>();
        services.AddSingleton<QuotaDirectory>();
        services.AddSingleton<QuotaInterceptor>();
        services.AddSingleton<ShareTaker>();
        services.AddServiceClient(DaprNames.Tenants, invoker => new Tenants.V1.SharesService.SharesServiceClient(invoker));
        services.AddSingleton<StorageMeter>();
        services.AddHostedService(provider => provider.GetRequiredService<StorageMeter>());
        services.AddPooledDbContextFactory<TContext>((provider, options) => Configure(options, provider));
        services.AddScoped(Lease<TContext>);
        services.AddScoped(provider => new UnitOfWork(provider.GetRequiredService<TContext>()));
        services.AddScoped(provider => new BatchWriter(
            provider.GetRequiredService<UnitOfWork>().Context, provider.GetRequiredService<OutboxSignal>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<BatchWriter>>()));
        services.AddSingleton<OwnerContext>(CreateOwnerContext<TContext>);
        services.AddSingleton<SchemaMigrations>();
        services.AddSingleton<TenantMover>();
        services.AddHostedService<DatabaseMigrator>();
        services.AddHostedService<ReplicaListener>();
        services.AddHostedService<OutboxRelay>();
        services.AddHostedService<AuditSealer>();
        services.AddHostedService<IdempotencyCleaner>();
        return builder;
    }

    internal static void Configure(DbContextOptionsBuilder options, IServiceProvider provider) => ConfigureModel(options
        .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.MigrationsHistoryTable(SchemaMigrations.HistoryTable))
        .AddInterceptors(
            provider.GetRequiredService<TenantRouteInterceptor>(), provider.GetRequiredService<TenantCommandInterceptor>(),
            provider.GetRequiredService<WorkSignalInterceptor>(), provider.GetRequiredService<QuotaInterceptor>(), provider.GetRequiredService<PreparedStatements>()));

    internal static void ConfigureModel(DbContextOptionsBuilder options) => options
        .UseSnakeCaseNamingConvention()
        .UseFiltering()
        .ReplaceService<IModificationCommandBatchFactory, TenantBatchFactory>()
        .ReplaceService<IMigrationsSqlGenerator, TenantMigrationsSqlGenerator>()
        .ReplaceService<IRelationalAnnotationProvider, TenantAnnotationProvider>()
        // What fails is told once, by whoever answers for it.
        .ConfigureWarnings(warnings => warnings
            .Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning)
            .Log((CoreEventId.QueryIterationFailed, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug)));

    // A context costs more to make than most queries take, so each goes back to the pool at the end of its scope.
    private static TContext Lease<TContext>(IServiceProvider provider)
        where TContext : PlatformDbContext
    {
        var context = provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
        context.Caller = provider.GetRequiredService<Caller>();
        context.Time = provider.GetRequiredService<TimeProvider>();
        context.Origin = provider.GetRequiredService<AuditOrigin>();
        context.Fields = provider.GetService<CustomFieldDirectory>();
        context.Resources = provider.GetServices<ProtectedResource>();
        context.Lookups = provider.GetServices<RelationLookup>();
        context.UnfinishedEvents.Clear();
        (context.HasAudited, context.IsCountedElsewhere, context.HasRecomputed) = (false, false, false);
        provider.GetRequiredService<TenantDatabases>().BringHome(context);
        context.Growth.Begin();
        return context;
    }

    private static TContext CreateOwnerContext<TContext>(IServiceProvider provider, NpgsqlDataSource owner, string schema)
        where TContext : PlatformDbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        Configure(options, provider);
        options.UseNpgsql(owner, npgsql => npgsql.MigrationsHistoryTable(SchemaMigrations.HistoryTable, schema));
        return ActivatorUtilities.CreateInstance<TContext>(provider, options.Options);
    }

    private static NpgsqlDataSource CreateDataSource(IConfiguration configuration, string appId) =>
        new NpgsqlDataSourceBuilder(ConnectionText.Of(configuration, appId)).Build();
}

internal sealed record DatabaseNames(string AppId);

/// <summary>
/// The context of the scope for code that does not know its type. No registration of the context itself: the scope would dispose,
/// and so return to the pool, what it had returned before.
/// </summary>
internal sealed record UnitOfWork(PlatformDbContext Context);
