using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Records.Migrations
{
    /// <inheritdoc />
    public partial class RollUps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "roll_up_inputs",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roll_up = table.Column<string>(type: "text", nullable: false),
                    child_id = table.Column<Guid>(type: "uuid", nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    number = table.Column<decimal>(type: "numeric", nullable: true),
                    word = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    is_unknown = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roll_up_inputs", x => new { x.tenant_id, x.roll_up, x.child_id });
                });

            migrationBuilder.CreateTable(
                name: "roll_up_values",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roll_up = table.Column<string>(type: "text", nullable: false),
                    contributions = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<decimal>(type: "numeric", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: true),
                    is_mixed = table.Column<bool>(type: "boolean", nullable: false),
                    number = table.Column<decimal>(type: "numeric", nullable: true),
                    word = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reason = table.Column<string>(type: "text", nullable: true),
                    sort_key = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roll_up_values", x => new { x.tenant_id, x.record_id, x.roll_up });
                });

            migrationBuilder.CreateIndex(
                name: "ix_roll_up_inputs_parent",
                table: "roll_up_inputs",
                columns: new[] { "tenant_id", "roll_up", "parent_id", "number", "word" });

            migrationBuilder.CreateIndex(
                name: "ix_roll_up_inputs_unknown",
                table: "roll_up_inputs",
                columns: new[] { "tenant_id", "roll_up" },
                filter: "is_unknown");

            migrationBuilder.CreateIndex(
                name: "ix_roll_up_values_number",
                table: "roll_up_values",
                columns: new[] { "tenant_id", "roll_up", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_roll_up_values_order",
                table: "roll_up_values",
                columns: new[] { "tenant_id", "roll_up", "sort_key", "record_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "roll_up_inputs");

            migrationBuilder.DropTable(
                name: "roll_up_values");
        }
    }
}
