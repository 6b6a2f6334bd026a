using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

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
    }

    private static bool IsWorkedOnAcrossTenants(string table, IModel? model) => Infrastructure.Contains(table)
        || (model?.GetEntityTypes().Any(type => type.GetTableName() == table && type.FindAnnotation(CrossTenantWork.Annotation) is not null) ?? false);

    private void Protect(CreateTableOperation operation, bool acrossTenants, MigrationCommandListBuilder builder)
    {
        var table = Dependencies.SqlGenerationHelper.DelimitIdentifier(operation.Name, operation.Schema);
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
