using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;
using Platform.Auditing;

namespace Platform.Tenancy;

/// <summary>
/// Puts every new table that has a tenant column under forced row-level security, so that no migration can forget it. What else a
/// table is (<see cref="TenantAnnotationProvider"/>) stands in the migration itself: migrations have no model (services/trim-migrations.sh).
/// </summary>
// EF1001: the constructor of the provider's generator takes an internal type; there is no other way to extend it.
#pragma warning disable EF1001
internal sealed class TenantMigrationsSqlGenerator(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
    : NpgsqlMigrationsSqlGenerator(dependencies, options)
#pragma warning restore EF1001
{
    private const string Policy = "tenant_isolation";

    // The relay and the cleaner work on these across tenants.
    private static readonly string[] Infrastructure = ["outbox_messages", "inbox_messages", "idempotency_records"];

    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate);
        var table = TableOf(operation.Name, operation.Schema);
        if (operation.Columns.Any(column => column.Name == "tenant_id"))
            Protect(table, Infrastructure.Contains(operation.Name) || Is(operation, CrossTenantWork.Annotation), builder);
        if (Is(operation, AppendOnly.Annotation))
            builder.AppendLine(AppendOnly.CreateTrigger(table)).EndCommand();
        if (operation.Name == AuditEntry.Table)
            builder.AppendLine(AuditEntry.CreateTrigger(table)).EndCommand();
    }

    // A table that is there already is marked, or no longer.
    protected override void Generate(AlterTableOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        base.Generate(operation, model, builder);
        var table = TableOf(operation.Name, operation.Schema);
        if (Is(operation, CrossTenantWork.Annotation) is var isAcross && isAcross != Is(operation.OldTable, CrossTenantWork.Annotation))
            builder.AppendLine($"DROP POLICY {Policy} ON {table};").AppendLine(CreatePolicy(table, isAcross)).EndCommand();
        if (Is(operation, AppendOnly.Annotation) is var isAppendOnly && isAppendOnly != Is(operation.OldTable, AppendOnly.Annotation))
            builder.AppendLine(isAppendOnly ? AppendOnly.CreateTrigger(table) : $"DROP TRIGGER {AppendOnly.Trigger} ON {table};").EndCommand();
    }

    private static bool Is(IReadOnlyAnnotatable table, string mark) => table.FindAnnotation(mark) is not null;

    private string TableOf(string name, string? schema) => Dependencies.SqlGenerationHelper.DelimitIdentifier(name, schema);

    private static void Protect(string table, bool acrossTenants, MigrationCommandListBuilder builder) => builder
        .AppendLine($"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;")
        .AppendLine($"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;")
        .AppendLine(CreatePolicy(table, acrossTenants))
        .EndCommand();

    private static string CreatePolicy(string table, bool acrossTenants)
    {
        var visible = acrossTenants
            ? "tenant_id = (SELECT platform.current_tenant()) OR (SELECT platform.is_relay())"
            : "tenant_id = (SELECT platform.current_tenant())";
        return $"CREATE POLICY {Policy} ON {table} USING ({visible}) WITH CHECK ({visible});";
    }
}
