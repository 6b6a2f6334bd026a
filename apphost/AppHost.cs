using CommunityToolkit.Aspire.Hosting.Dapr;

var builder = DistributedApplication.CreateBuilder(args);
var data = builder.Configuration["Aspire:Store:Path"] ?? Path.Combine(builder.AppHostDirectory, "obj");

// Secrets are made at the first start and kept with the data; none is in the repository.
var daprToken = Secret("dapr-api-token");
var appToken = Secret("app-api-token");
var webSecret = Secret("web-secret");
var automationSecret = Secret("automation-secret");
var provisioningSecret = Secret("provisioning-secret");
var operatorSecret = Secret("operator-secret");
var applicationsSecret = Secret("applications-secret");
var journalSecret = Secret("journal-secret");
var liveSecret = Secret("live-secret");

var postgres = builder.AddPostgres("postgres", port: 15432).WithDataVolume();
var server = postgres.Resource;

var identity = builder.AddKeycloak("identity", port: 8080)
    .WithRealmImport("../deploy/keycloak/platform-realm.json")
    .WithReference(postgres.AddDatabase("identity-database", "identity"), "identity")
    .WithEnvironment("PLATFORM_WEB_SECRET", webSecret)
    .WithEnvironment("PLATFORM_AUTOMATION_SECRET", automationSecret)
    .WithEnvironment("PLATFORM_PROVISIONING_SECRET", provisioningSecret)
    .WithEnvironment("PLATFORM_OPERATOR_SECRET", operatorSecret)
    .WithEnvironment("PLATFORM_APPLICATIONS_SECRET", applicationsSecret)
    .WithEnvironment("PLATFORM_JOURNAL_SECRET", journalSecret)
    .WithEnvironment("PLATFORM_LIVE_SECRET", liveSecret)
    .WithEnvironment("ASPNETCORE_ENVIRONMENT", "Development")
    .WithEnvironment("Identity__DemoPassword", "demo")
    .WithExternalHttpEndpoints()
    .WaitFor(postgres);

var mail = builder.AddProject<Projects.MailCatcher>("mail")
    .WithHttpEndpoint(port: 8025, env: "Mail__WebPort", isProxied: false)
    .WithEndpoint(port: 1025, scheme: "smtp", env: "Mail__SmtpPort", isProxied: false)
    .WithEnvironment("Mail__Directory", Path.Combine(data, "mail"))
    .WithHttpHealthCheck("/health")
    .WithExternalHttpEndpoints();

identity.WithEnvironment("SMTP_HOST", $"{mail.GetEndpoint("smtp").Property(EndpointProperty.Host)}")
    .WithEnvironment("SMTP_PORT", $"{mail.GetEndpoint("smtp").Property(EndpointProperty.Port)}");

// Which component files Dapr reads, and so which servers its broker and its state live on: --components rabbitmq
var components = builder.Configuration["Dapr:Components"] ?? "local";
var (pubsub, statestore) = components switch
{
    "local" => OnPostgres(),
    "redis" => OnRedis(),
    "rabbitmq" => OnPostgres(OnRabbitMQ()),
    "kafka" => OnPostgres(OnKafka()),
    var other => throw new InvalidOperationException($"There are no components '{other}'; there are local, redis, rabbitmq and kafka."),
};
var secretstore = Component("secretstore", "secretstores.local.env");

Service<Projects.Contacts>("contacts", 2, maxBodySize: "256Mi");
var deals = Service<Projects.Deals>("deals", 3);
var finance = Service<Projects.Finance>("finance", 4);
Service<Projects.Communications>("communications", 5)
    .WithEnvironment("Smtp__Host", $"{mail.GetEndpoint("smtp").Property(EndpointProperty.Host)}")
    .WithEnvironment("Smtp__Port", $"{mail.GetEndpoint("smtp").Property(EndpointProperty.Port)}");
Service<Projects.Metadata>("metadata", 7);
Service<Projects.Records>("records", 8, maxBodySize: "256Mi");
Service<Projects.Pipelines>("pipelines", 9);
Service<Projects.Inventory>("inventory", 11);
Service<Projects.Search>("search", 10);
Service<Projects.Automation>("automation", 6)
    .WithEnvironment("Provisioning__ClientId", "platform-provisioning")
    .WithEnvironment("Provisioning__Secret", provisioningSecret);

// Last, because a broker has no history for a subscriber that comes later: finance learns of the demo companies from their events.
Service<Projects.Tenants>("tenants", 1)
    .WithEnvironment("Applications__ClientId", "platform-applications")
    .WithEnvironment("Applications__Secret", applicationsSecret)
    .WithEnvironment("SignIns__ClientId", "platform-journal")
    .WithEnvironment("SignIns__Secret", journalSecret)
    .WaitFor(finance);

// The pages: built when their sources have changed, and served to the gateway alone.
var web = builder.AddExecutable("web", "node", "../clients/web", "scripts/serve.mjs")
    .WithHttpEndpoint(port: 8002, env: "PORT", isProxied: false)
    .WithHttpHealthCheck("/app/health");

// The only door from outside: REST on 8000, gRPC on 8001.
var gateway = builder.AddProject<Projects.Gateway>("gateway")
    .WithHttpEndpoint(port: 8000, isProxied: false)
    .WithHttpEndpoint(port: 8001, name: "grpc", isProxied: false)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithEnvironment("Links__Inbox", mail.GetEndpoint("http"))
    .WithEnvironment("Sessions__ClientSecret", webSecret)
    .WithEnvironment("Sessions__Keys", Secret("session-keys"))
    .WithEnvironment("Live__Secret", liveSecret)
    .WithEnvironment("Web__Address", web.GetEndpoint("http"))
    .WaitFor(identity);
WithSidecar(gateway, new DaprSidecarOptions { AppId = "gateway", AppPort = 8000, AppProtocol = "http", DaprHttpPort = 3500, DaprGrpcPort = 4500, DaprMaxBodySize = "256Mi" });
identity.WithEnvironment("PLATFORM_WEB_URL", gateway.GetEndpoint("http"));
// Where links in e-mails lead.
deals.WithEnvironment("Quotes__PublicUrl", gateway.GetEndpoint("http"));
web.WithEnvironment("PLATFORM_GATEWAY", gateway.GetEndpoint("http"));

builder.Build().Run();

// A service: its own database, reached by a role that owns nothing, the owner's connection for migrations, and its sidecar.
IResourceBuilder<ProjectResource> Service<TProject>(string appId, int index, string? maxBodySize = null)
    where TProject : IProjectMetadata, new()
{
    var database = postgres.AddDatabase($"{appId}-owner", appId);
    var application = builder.AddConnectionString($"{appId}-application", ReferenceExpression.Create(
        $"Host={server.PrimaryEndpoint.Property(EndpointProperty.Host)};Port={server.PrimaryEndpoint.Property(EndpointProperty.Port)};Username={appId}_app;Password={Secret($"{appId}-password")};Database={appId};Maximum Pool Size=20"));
    var service = builder.AddProject<TProject>(appId)
        .WithHttpEndpoint(port: 5200 + index, isProxied: false)
        .AsHttp2Service()
        .WithHttpHealthCheck("/health")
        .WithReference(application, appId)
        .WithReference(database)
        .WithEnvironment("Demo__Seed", "true")
        // For what nobody has asked for: events and background work ask other services too.
        .WithEnvironment("ServiceAccount__ClientId", "platform-automation")
        .WithEnvironment("ServiceAccount__Secret", automationSecret)
        .WaitFor(database);
    return WithSidecar(service, new DaprSidecarOptions { AppId = appId, AppPort = 5200 + index, AppProtocol = "h2c", DaprHttpPort = 3500 + index, DaprGrpcPort = 4500 + index, DaprMaxBodySize = maxBodySize });
}

// Tokens are checked against the realm; every call between services goes through the sidecar.
IResourceBuilder<ProjectResource> WithSidecar(IResourceBuilder<ProjectResource> service, DaprSidecarOptions options) => service
    .WithEnvironment("Keycloak__realm", "platform")
    .WithEnvironment("Keycloak__auth-server-url", $"{identity.GetEndpoint("http")}/")
    .WithEnvironment("Keycloak__resource", "platform-api")
    .WithEnvironment("Keycloak__ssl-required", "none")
    .WithEnvironment("DAPR_API_TOKEN", daprToken)
    .WithEnvironment("APP_API_TOKEN", appToken)
    .WithDaprSidecar(sidecar => sidecar
        .WithOptions(options with { Config = FileOf("config") })
        .WithReference(pubsub)
        .WithReference(statestore)
        .WithReference(secretstore));

(IResourceBuilder<IDaprComponentResource> PubSub, IResourceBuilder<IDaprComponentResource> StateStore) OnPostgres(IResourceBuilder<IDaprComponentResource>? broker = null)
{
    var database = ReferenceExpression.Create(
        $"host={server.PrimaryEndpoint.Property(EndpointProperty.Host)} port={server.PrimaryEndpoint.Property(EndpointProperty.Port)} user=postgres password={server.PasswordParameter} database=dapr");
    postgres.AddDatabase("dapr-database", "dapr");
    return (broker ?? Component("pubsub", "pubsub.embedded").WithMetadata("connectionString", database),
        Component("statestore", "state.postgresql").WithMetadata("connectionString", database));
}

(IResourceBuilder<IDaprComponentResource> PubSub, IResourceBuilder<IDaprComponentResource> StateStore) OnRedis()
{
    var redis = builder.AddRedis("redis", port: 16379).WithDataVolume().Resource;
    var host = ReferenceExpression.Create($"{redis.PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
    return (OfRedis("pubsub", "pubsub.redis"), OfRedis("statestore", "state.redis"));

    IResourceBuilder<IDaprComponentResource> OfRedis(string name, string type) =>
        Component(name, type).WithMetadata("redisHost", host).WithMetadata("redisPassword", redis.PasswordParameter!);
}

IResourceBuilder<IDaprComponentResource> OnRabbitMQ() => Component("pubsub", "pubsub.rabbitmq")
    .WithMetadata("connectionString", builder.AddRabbitMQ("rabbitmq", port: 16672).WithDataVolume().Resource);

// Kafka runs somewhere already.
IResourceBuilder<IDaprComponentResource> OnKafka() => Component("pubsub", "pubsub.kafka").WithMetadata("brokers",
    builder.Configuration["ConnectionStrings:kafka"] ?? throw new InvalidOperationException("Name the brokers: --ConnectionStrings:kafka=host:port,host:port"));

IResourceBuilder<IDaprComponentResource> Component(string name, string type) =>
    builder.AddDaprComponent(name, type, new DaprComponentOptions { LocalPath = FileOf(name) });

string FileOf(string name) => $"../components/{components}/{name}.yaml";

IResourceBuilder<ParameterResource> Secret(string name) =>
    builder.AddParameter(name, new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
