using Platform.LocalHost.Postgres;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server.</summary>
public class PostgresServerResource : ContainerResource, IResourceWithConnectionString
{
    internal const string EndpointName = "tcp";
    private readonly List<PostgresDatabaseResource> _resources = [];
    private readonly Dictionary<string, string> _databases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A server with a superuser.</summary>
    public PostgresServerResource(string name, ParameterResource? userName, ParameterResource password)
        : base(name)
    {
        PrimaryEndpoint = new(this, EndpointName);
        UserNameParameter = userName;
        PasswordParameter = password;
    }

    /// <summary>Where it listens.</summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>The superuser's name; <c>postgres</c> when null.</summary>
    public ParameterResource? UserNameParameter { get; set; }

    /// <summary>The superuser's password.</summary>
    public ParameterResource PasswordParameter { get; set; }

    /// <summary>The superuser's name in an expression.</summary>
    public ReferenceExpression UserNameReference =>
        UserNameParameter is null ? ReferenceExpression.Create($"postgres") : ReferenceExpression.Create($"{UserNameParameter}");

    /// <summary>Database names by resource names.</summary>
    public IReadOnlyDictionary<string, string> Databases => _databases;

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={PrimaryEndpoint.Property(EndpointProperty.Host)};Port={PrimaryEndpoint.Property(EndpointProperty.Port)};Username={UserNameReference};Password={PasswordParameter}");

    /// <summary>The address as <c>postgresql://…</c>.</summary>
    public ReferenceExpression UriExpression => UriOf("");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Host)}")),
        new("Port", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Port)}")),
        new("Username", UserNameReference),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", UriExpression),
        new("JdbcConnectionString", JdbcOf("")),
    ];

    internal ReferenceExpression UriOf(string database) => ReferenceExpression.Create(
        $"postgresql://{UserNameReference}:{PasswordParameter}@{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}{Path(database)}");

    internal ReferenceExpression JdbcOf(string database) =>
        ReferenceExpression.Create($"jdbc:postgresql://{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}{Path(database)}");

    internal void AddDatabase(PostgresDatabaseResource database)
    {
        _databases.Add(database.Name, database.DatabaseName);
        _resources.Add(database);
    }

    /// <summary>What makes a database in the place of the usual statement; null where nothing does.</summary>
    internal string? CreationScriptOf(string databaseName) =>
        _resources.Where(database => database.DatabaseName == databaseName).SelectMany(database => database.Annotations.OfType<CreationScriptAnnotation>()).LastOrDefault()?.Script;

    private static string Path(string database) => database.Length == 0 ? "" : "/" + database;
}

/// <summary>A database on a PostgreSQL server.</summary>
public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
    : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    /// <summary>The server.</summary>
    public PostgresServerResource Parent { get; } = postgresParentResource;

    /// <summary>Its name on the server.</summary>
    public string DatabaseName { get; } = databaseName;

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent.ConnectionStringExpression};Database={DatabaseName}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
    {
        var server = ((IResourceWithConnectionString)Parent).GetConnectionProperties().Where(property => property.Key is not ("Uri" or "JdbcConnectionString"));
        return
        [
            .. server,
            new("Uri", Parent.UriOf(DatabaseName)),
            new("JdbcConnectionString", Parent.JdbcOf(DatabaseName)),
            new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")),
        ];
    }
}
