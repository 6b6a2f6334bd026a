using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Postgres;

/// <summary>pgAdmin in a container.</summary>
public sealed class PgAdminContainerResource(string name) : ContainerResource(name);

/// <summary>pgweb in a container.</summary>
public sealed class PgWebContainerResource(string name) : ContainerResource(name);
