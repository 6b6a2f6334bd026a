using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.CustomFields.Values;

#nullable disable

namespace Platform.Finance.Migrations
{
    /// <inheritdoc />
    public partial class CustomFields : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "custom_fields",
                table: "invoices",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'::jsonb");

            migrationBuilder.CreateTable(
                name: "custom_field_indexes",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    field_key = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    is_unique = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    cursor = table.Column<Guid>(type: "uuid", nullable: true),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_custom_field_indexes", x => new { x.tenant_id, x.resource, x.field_key });
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateTable(
                name: "custom_field_values",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    field_key = table.Column<string>(type: "text", nullable: false),
                    sort_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_unique = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_custom_field_values", x => new { x.tenant_id, x.resource, x.record_id, x.field_key });
                });

            migrationBuilder.CreateIndex(
                name: "ix_custom_field_indexes_due_time",
                table: "custom_field_indexes",
                column: "due_time");

            migrationBuilder.CreateIndex(
                name: "ix_custom_field_values_search",
                table: "custom_field_values",
                columns: new[] { "tenant_id", "resource", "field_key", "sort_key", "record_id" });

            migrationBuilder.CreateIndex(
                name: "ix_custom_field_values_unique",
                table: "custom_field_values",
                columns: new[] { "tenant_id", "resource", "field_key", "sort_key" },
                unique: true,
                filter: "is_unique");

            migrationBuilder.Sql(CustomFieldScripts.CreateTrigger("invoices", "finance.invoice"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CustomFieldScripts.DropTrigger("invoices"));

            migrationBuilder.DropTable(
                name: "custom_field_indexes");

            migrationBuilder.DropTable(
                name: "custom_field_values");

            migrationBuilder.DropColumn(
                name: "custom_fields",
                table: "invoices");
        }
    }
}
