namespace Isolation.Tests.Installation;

/// <summary>What keeps tenants apart in an installation of the tests. The running product always has both.</summary>
public enum Walls
{
    /// <summary>As the product is.</summary>
    Both,

    /// <summary>The query filter of EF Core is taken out of the model; row-level security stays.</summary>
    DatabaseOnly,

    /// <summary>Row-level security is switched off by the database's owner; filter and stamp stay.</summary>
    FilterOnly,

    /// <summary>Neither, in the service that is attacked: the suite must notice.</summary>
    None,
}
