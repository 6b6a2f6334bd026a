using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Identity.Brokering;
using Platform.Identity.Data;
using Platform.Identity.Realms;
using Platform.Identity.Tokens;

namespace Platform.Identity.Hosting;

/// <summary>What happens before the first request: the schema is brought up to date and the realm's clients are registered.</summary>
internal static partial class Startup
{
    public static async Task PrepareAsync(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var realm = app.Services.GetRequiredService<Realm>();
        WarnOfUnknownMappers(realm, app.Logger);
        CheckProviders(realm, app.Services.GetRequiredService<ProviderRules>());
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        try
        {
            // Entity Framework takes a second to wake up: it may sleep on when there is nothing to do.
            var state = await services.GetRequiredService<DatabaseState>().ReadAsync(stopping);
            if (!state.IsSchemaCurrent) await services.GetRequiredService<IdentityDbContext>().Database.MigrateAsync(stopping);
            await services.GetRequiredService<RealmRecords>().LoadAsync(stopping);
            if (!state.AreClientsCurrent) await services.GetRequiredService<ClientRegistration>().SynchronizeAsync(stopping);
        }
        catch (NpgsqlException exception)
        {
            throw new StartupException($"The database of ConnectionStrings:identity cannot be used: {exception.Message}", exception);
        }
        LogServing(app.Logger, realm.Name, services.GetRequiredService<RealmAddresses>().Issuer);
    }

    private static void CheckProviders(Realm realm, ProviderRules rules)
    {
        foreach (var provider in realm.AllProviders)
            if (rules.Refuse(provider) is { } refusal) throw new StartupException($"The realm file's identity provider {provider.Alias} cannot be used: {refusal}");
    }

    private static void WarnOfUnknownMappers(Realm realm, ILogger logger)
    {
        var mappers = realm.Settings.ClientScopes.SelectMany(scope => scope.ProtocolMappers)
            .Concat(realm.Clients.SelectMany(client => client.Document.ProtocolMappers));
        foreach (var type in mappers.Select(mapper => mapper.Type).Distinct().Where(type => !ProtocolMappers.Knows(type)))
            LogUnknownMapper(logger, type);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving realm {Realm} as {Issuer}")]
    private static partial void LogServing(ILogger logger, string realm, Uri issuer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The realm file uses the protocol mapper {Mapper}, which only Keycloak knows: its claims will be missing")]
    private static partial void LogUnknownMapper(ILogger logger, string mapper);
}
