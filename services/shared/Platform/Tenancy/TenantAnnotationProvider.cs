using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.Internal;
using Platform.Auditing;

namespace Platform.Tenancy;

/// <summary>
/// Tells the migrations which tables are append-only and which are worked on across tenants, so that it stands in them and they need
/// no model of their time.
/// </summary>
// EF1001: the provider's annotations are an internal type; there is no other way to add some.
#pragma warning disable EF1001
internal sealed class TenantAnnotationProvider(RelationalAnnotationProviderDependencies dependencies) : NpgsqlAnnotationProvider(dependencies)
{
    private static readonly string[] Marks = [AppendOnly.Annotation, CrossTenantWork.Annotation];

    public override IEnumerable<IAnnotation> For(ITable table, bool designTime)
    {
        foreach (var annotation in base.For(table, designTime))
            yield return annotation;
        if (!designTime)
            yield break;
        // Not the reason: another one is no other table.
        foreach (var mark in Marks.Where(mark => table.EntityTypeMappings.Any(mapping => mapping.TypeBase.FindAnnotation(mark) is not null)))
            yield return new Annotation(mark, true);
    }
}
