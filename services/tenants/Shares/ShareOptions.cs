using Platform.Tenancy.Quotas;

namespace Platform.Tenants.Shares;

/// <summary>Settings under <c>CompanyLimits</c>.</summary>
internal sealed class ShareOptions
{
    public const string Section = "CompanyLimits";

    /// <summary>
    /// App ids of services that hold companies to limits and that this installation does not run: nobody waits for what they have to say.
    /// Default: none, all of them are run.
    /// </summary>
    public List<string> NotRun { get; init; } = [];

    /// <summary>Whether each of them is such a service.</summary>
    public bool IsValid => NotRun.All(CompanyLimits.Services.Contains);
}
