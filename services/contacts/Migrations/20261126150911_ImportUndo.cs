using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class ImportUndo : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "leave_time",
                table: "segment_members",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "imported_records",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<byte[]>(type: "bytea", nullable: true),
                    before_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    after_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_changed = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imported_records", x => new { x.tenant_id, x.import_id, x.record_id });
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    imported_by = table.Column<string>(type: "text", nullable: false),
                    records_created = table.Column<long>(type: "bigint", nullable: false),
                    records_updated = table.Column<long>(type: "bigint", nullable: false),
                    end_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    undone_by = table.Column<string>(type: "text", nullable: false),
                    undo_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    undo_end_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    undo_total = table.Column<long>(type: "bigint", nullable: false),
                    deleted = table.Column<long>(type: "bigint", nullable: false),
                    restored = table.Column<long>(type: "bigint", nullable: false),
                    kept = table.Column<long>(type: "bigint", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imports", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_people_tenant_id_create_time_id",
                table: "people",
                columns: new[] { "tenant_id", "create_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_people_tenant_id_update_time_id",
                table: "people",
                columns: new[] { "tenant_id", "update_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_tenant_id_create_time_id",
                table: "leads",
                columns: new[] { "tenant_id", "create_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_tenant_id_update_time_id",
                table: "leads",
                columns: new[] { "tenant_id", "update_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_create_time_id",
                table: "companies",
                columns: new[] { "tenant_id", "create_time", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_update_time_id",
                table: "companies",
                columns: new[] { "tenant_id", "update_time", "id" });

            migrationBuilder.Sql(global::Platform.Contacts.ListOrders.CreateTextIndexes);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(global::Platform.Contacts.ListOrders.DropTextIndexes);

            migrationBuilder.DropTable(
                name: "imported_records");

            migrationBuilder.DropTable(
                name: "imports");

            migrationBuilder.DropIndex(
                name: "ix_people_tenant_id_create_time_id",
                table: "people");

            migrationBuilder.DropIndex(
                name: "ix_people_tenant_id_update_time_id",
                table: "people");

            migrationBuilder.DropIndex(
                name: "ix_leads_tenant_id_create_time_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_tenant_id_update_time_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_companies_tenant_id_create_time_id",
                table: "companies");

            migrationBuilder.DropIndex(
                name: "ix_companies_tenant_id_update_time_id",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "leave_time",
                table: "segment_members");
        }
    }
}
