using System.Globalization;
using Platform.Access;
using Platform.Errors;
using Platform.Tenancy.Quotas;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Lifecycle;

/// <summary>What can be limited.</summary>
internal static class LimitRules
{
    private static readonly IReadOnlyList<string> Names = [.. ResourceCatalogue.All.Select(resource => resource.Name)
        .Concat(ResourceCatalogue.All.Append(ResourceCatalogue.Objects).SelectMany(resource => new[] { resource.Module, $"{resource.Module}.storage" }))
        .Concat(CompanyLimits.All).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The names that cannot be limited, and numbers that are none.</summary>
    public static Error? Check(V1.Limits limits)
    {
        var wrong = limits.Resources
            .Where(limit => !Names.Contains(limit.Key) || limit.Value < 1)
            .Select(limit => new FieldViolation(
                string.Create(CultureInfo.InvariantCulture, $"limits.resources[{limit.Key}]"),
                limit.Value < 1 ? "Use a number of 1 or more, or leave it out for no limit." : Say($"Use one of: {string.Join(", ", Names)}.")))
            .ToList();
        return wrong.Count > 0 ? Error.Invalid(wrong)
            : limits.RequestsPerMinute < 0 ? Error.Invalid("limits.requestsPerMinute", "Use a number of requests, or 0 for the usual.")
            : limits.IdentityProviders < -1 ? Error.Invalid("limits.identityProviders", "Use a number of identity providers, 0 for the usual, or -1 for none.") : null;
    }
}
