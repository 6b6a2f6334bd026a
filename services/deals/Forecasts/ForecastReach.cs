using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Deals.Forecasts;

/// <summary>Whose forecasts a caller sees and changes.</summary>
internal static class ForecastReach
{
    private const string Administers = "tenants.admin";

    /// <summary>The person who calls; null where it is none.</summary>
    public static Guid? Self(Caller caller) => caller is { Kind: CallerKind.Person, Access.Variables.Id: { } id } ? id : null;

    /// <summary>Null for oneself and those below; and for machines and administrators, whom no hierarchy narrows.</summary>
    public static Error? Check(Caller caller, Guid user) =>
        caller.Kind is not (CallerKind.Person or CallerKind.Support) || caller.Permissions.Contains(Administers)
            || (caller.Access is { } access && (access.Variables.Id == user || access.Variables.Subordinates.Contains(user)))
            ? null
            : ForecastErrors.NotYours;
}
