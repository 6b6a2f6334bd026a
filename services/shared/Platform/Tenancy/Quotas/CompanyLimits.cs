using Platform.Invocation;

namespace Platform.Tenancy.Quotas;

/// <summary>Limits of a company that all services have together: each holds a share, which tenants gives and takes back.</summary>
public static class CompanyLimits
{
    /// <summary>All records of all kinds.</summary>
    public const string Rows = "rows";

    /// <summary>The bytes of all rows.</summary>
    public const string Storage = "storage";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> All { get; } = [Rows, Storage];

    /// <summary>App ids of the services that hold companies to limits, and whose records and bytes so count.</summary>
    public static IReadOnlyList<string> Services { get; } = [DaprNames.Contacts, DaprNames.Deals, DaprNames.Finance, DaprNames.Records, DaprNames.Inventory];

    /// <summary>Whether a limit is one of all services together.</summary>
    public static bool IsOne(string resource) => resource is Rows or Storage;
}
