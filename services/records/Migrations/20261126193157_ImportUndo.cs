using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Records.Migrations
{
    /// <inheritdoc />
    public partial class ImportUndo : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "import_chores",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_chores", x => new { x.tenant_id, x.import_id });
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateTable(
                name: "imported_records",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
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
                    object_key = table.Column<string>(type: "text", nullable: false),
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
                name: "ix_import_chores_due_time",
                table: "import_chores",
                column: "due_time");

            migrationBuilder.CreateIndex(
                name: "ix_imports_tenant_id_object_key_id",
                table: "imports",
                columns: new[] { "tenant_id", "object_key", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "import_chores");

            migrationBuilder.DropTable(
                name: "imported_records");

            migrationBuilder.DropTable(
                name: "imports");
        }
    }
}
