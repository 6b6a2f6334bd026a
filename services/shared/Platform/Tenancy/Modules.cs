using System.Collections.Frozen;

namespace Platform.Tenancy;

/// <summary>The parts of the platform that a company may use. A permission belongs to the module that its name begins with.</summary>
public static class Modules
{
    /// <summary>Every company has them: otherwise nobody could be let in, see who did what, find what it has, or know what its own fields and the stages of its deals mean.</summary>
    public static IReadOnlyList<string> Always { get; } = ["audit", "metadata", "pipelines", "search", "tenants"];

    /// <summary>All that there are.</summary>
    public static FrozenSet<string> All { get; } = Always.Concat(["contacts", "deals", "finance", "communications", "automation", "records", "inventory"]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The module of a permission.</summary>
    public static string Of(string permission) => permission.Split('.')[0];
}
