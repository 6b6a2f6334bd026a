using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Postgres;
using Platform.LocalHost.Postgres;
using Platform.LocalHost.Unsupported;

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
        builder.Resource.AddDatabase(database);
        return builder.ApplicationBuilder.AddResource(database);
    }

    /// <summary>Keeps the data. The local engine always does, under the instance's folder.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
        isReadOnly ? builder.NotSupported("WithDataVolume(isReadOnly): the data can be written") : builder;

    /// <summary>Keeps the data, though not in this folder: the local engine keeps them under the instance's.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataBindMount(this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false) =>
        builder.NotSupported($"WithDataBindMount({source}): the data lie in the instance's folder");

    /// <summary>Runs the <c>.sql</c> files of a folder, or one file, in the order of their names, on the database <c>postgres</c> when the data are made.</summary>
    public static IResourceBuilder<PostgresServerResource> WithInitFiles(this IResourceBuilder<PostgresServerResource> builder, string source) =>
        builder.WithAnnotation(new InitFilesAnnotation(Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory)));

    /// <summary>Listens on a port; on any when null.</summary>
    public static IResourceBuilder<PostgresServerResource> WithHostPort(this IResourceBuilder<PostgresServerResource> builder, int? port) =>
        builder.WithEndpoint(PostgresServerResource.EndpointName, endpoint => endpoint.Port = port);

    /// <summary>The superuser's name.</summary>
    public static IResourceBuilder<PostgresServerResource> WithUserName(this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> userName)
    {
        builder.Resource.UserNameParameter = userName.Resource;
        return builder;
    }

    /// <summary>The superuser's password.</summary>
    public static IResourceBuilder<PostgresServerResource> WithPassword(this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> password)
    {
        builder.Resource.PasswordParameter = password.Resource;
        return builder;
    }

    /// <summary>Makes the database with a script of its own.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> WithCreationScript(this IResourceBuilder<PostgresDatabaseResource> builder, string script) =>
        builder.WithAnnotation(new CreationScriptAnnotation(script), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>pgAdmin beside the server. Not supported locally.</summary>
    public static IResourceBuilder<T> WithPgAdmin<T>(this IResourceBuilder<T> builder, Action<IResourceBuilder<PgAdminContainerResource>>? configureContainer = null, string? containerName = null)
        where T : PostgresServerResource
    {
        configureContainer?.Invoke(builder.ApplicationBuilder.CreateResourceBuilder(new PgAdminContainerResource(containerName ?? "pgadmin")));
        return builder.NotSupported("WithPgAdmin: no container runs here");
    }

    /// <summary>pgweb beside the server. Not supported locally.</summary>
    public static IResourceBuilder<PostgresServerResource> WithPgWeb(this IResourceBuilder<PostgresServerResource> builder, Action<IResourceBuilder<PgWebContainerResource>>? configureContainer = null, string? containerName = null)
    {
        configureContainer?.Invoke(builder.ApplicationBuilder.CreateResourceBuilder(new PgWebContainerResource(containerName ?? "pgweb")));
        return builder.NotSupported("WithPgWeb: no container runs here");
    }

    /// <summary>pgAdmin's port.</summary>
    public static IResourceBuilder<PgAdminContainerResource> WithHostPort(this IResourceBuilder<PgAdminContainerResource> builder, int? port) => builder.WithHttpEndpoint(port);

    /// <summary>pgweb's port.</summary>
    public static IResourceBuilder<PgWebContainerResource> WithHostPort(this IResourceBuilder<PgWebContainerResource> builder, int? port) => builder.WithHttpEndpoint(port);
}
