using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds PostgreSQL servers.</summary>
public static class PostgresBuilderExtensions
{
    private const int PasswordLength = 22;

    /// <summary>A PostgreSQL server. A connection string of the same name in the configuration names one that runs already.</summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var secret = password ?? builder.AddParameter($"{name}-password", new GenerateParameterDefault { MinLength = PasswordLength, Special = false }, secret: true, persist: true);
        return builder.AddResource(new PostgresServerResource(name, userName?.Resource, secret.Resource))
            .WithEndpoint(port: port, targetPort: 5432, name: PostgresServerResource.EndpointName, scheme: "tcp");
    }

    /// <summary>A database, created when it is not there.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(database.Name, database.DatabaseName);
        return builder.ApplicationBuilder.AddResource(database);
    }

    /// <summary>Keeps the data. The local engine always does, under the instance's folder.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) => builder;
}
