using System.Collections.Frozen;
using Platform.Errors;

namespace Platform.Tenants.Tenants;

/// <summary>The parts of the platform that a company may use. A permission belongs to the module that its name begins with.</summary>
internal static class Modules
{
    /// <summary>Every company has them: nobody could be let in, or see who did what.</summary>
    public static readonly string[] Always = ["audit", "tenants"];

    public static readonly FrozenSet<string> All =
        new[] { "audit", "tenants", "contacts", "deals", "finance", "communications", "automation" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The named ones and what every company has; all where none is named.</summary>
    public static List<string> Entitled(IReadOnlyCollection<string> named) =>
        [.. (named.Count == 0 ? All : named.Concat(Always)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The first module that does not exist, as an error.</summary>
    public static Error? Check(IEnumerable<string> modules, string field)
    {
        foreach (var (index, module) in modules.Index())
        {
            if (!All.Contains(module))
                return Error.Invalid($"{field}[{index}]", $"There is no module '{module}'.");
        }

        return null;
    }

    public static string Of(string permission) => permission.Split('.')[0];
}
