using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;
using Platform.Auditing;

namespace Platform.Tenancy;

/// <summary>Puts every new table that has a tenant column under forced row-level security, so that no migration can forget it.</summary>
// EF1001: the constructor of the provider's generator takes an internal type; there is no other way to extend it.
#pragma warning disable EF1001
internal sealed class TenantMigrationsSqlGenerator(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
    : NpgsqlMigrationsSqlGenerator(dependencies, options)
#pragma warning restore EF1001
{
    // The relay and the cleaner work on these across tenants.
    private static readonly string[] Infrastructure = ["outbox_messages", "inbox_messages", "idempotency_records"];

    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate);
        if (operation.Columns.Any(column => column.Name == "tenant_id"))
            Protect(operation, IsWorkedOnAcrossTenants(operation.Name, model), builder);
        if (IsMarked(operation.Name, model, AppendOnly.Annotation))
            builder.AppendLine(AppendOnly.CreateTrigger(TableOf(operation))).EndCommand();
        if (operation.Name == AuditEntry.Table)
            builder.AppendLine(AuditEntry.CreateTrigger(TableOf(operation))).EndCommand();
    }

    private static bool IsWorkedOnAcrossTenants(string table, IModel? model) => Infrastructure.Contains(table)
        || IsMarked(table, model, CrossTenantWork.Annotation);

    private static bool IsMarked(string table, IModel? model, string annotation) =>
        model?.GetEntityTypes().Any(type => type.GetTableName() == table && type.FindAnnotation(annotation) is not null) ?? false;

    private string TableOf(CreateTableOperation operation) => Dependencies.SqlGenerationHelper.DelimitIdentifier(operation.Name, operation.Schema);

    private void Protect(CreateTableOperation operation, bool acrossTenants, MigrationCommandListBuilder builder)
    {
        var table = TableOf(operation);
        var visible = acrossTenants
            ? "tenant_id = (SELECT platform.current_tenant()) OR (SELECT platform.is_relay())"
            : "tenant_id = (SELECT platform.current_tenant())";
        builder
            .AppendLine($"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;")
            .AppendLine($"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;")
            .AppendLine($"CREATE POLICY tenant_isolation ON {table} USING ({visible}) WITH CHECK ({visible});")
            .EndCommand();
    }
}
