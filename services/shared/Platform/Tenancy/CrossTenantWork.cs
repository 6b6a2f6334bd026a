using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Tenancy;

/// <summary>Tables of work that one background task of a service does for all tenants, as the relay does with the outbox.</summary>
public static class CrossTenantWork
{
    /// <summary>Opens the rows that a claim sees, within its transaction: those of such tables, and nothing else.</summary>
    public const string Open = "SELECT set_config('platform.relay', 'on', true)";

    internal const string Annotation = "Platform:WorkedOnAcrossTenants";

    /// <summary>
    /// Lets a claim see the rows of every tenant. Such a table holds ids and times only; the work itself is done in a scope of
    /// the tenant that the claimed row names.
    /// </summary>
    /// <param name="builder">The entity.</param>
    /// <param name="reason">Which task works on it.</param>
    public static EntityTypeBuilder<T> IsWorkedOnAcrossTenants<T>(this EntityTypeBuilder<T> builder, string reason)
        where T : class, ITenantOwned
    {
        builder.HasAnnotation(Annotation, reason);
        return builder;
    }
}
