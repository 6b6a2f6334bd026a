using Platform.Errors;
using Platform.Tenancy;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Tenants;

/// <summary>Which modules a company may have.</summary>
internal static class ModuleRules
{
    /// <summary>The named ones and what every company has; all where none is named.</summary>
    public static List<string> Entitled(IReadOnlyCollection<string> named) =>
        [.. (named.Count == 0 ? Modules.All : named.Concat(Modules.Always)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The first module that does not exist, as an error.</summary>
    public static Error? Check(IEnumerable<string> modules, string field)
    {
        foreach (var (index, module) in modules.Index())
        {
            if (!Modules.All.Contains(module))
                return Error.Invalid($"{field}[{index}]", Say($"There is no module '{module}'."));
        }

        return null;
    }
}
