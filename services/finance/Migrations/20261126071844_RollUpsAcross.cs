using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Platform.Finance.Migrations
{
    /// <inheritdoc />
    public partial class RollUpsAcross : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "as_of_time",
                table: "custom_field_indexes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_told",
                table: "custom_field_indexes",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "run",
                table: "custom_field_indexes",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "run_number",
                table: "custom_field_indexes",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "early_roll_ups",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roll_up = table.Column<string>(type: "text", nullable: false),
                    run = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    data = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_early_roll_ups", x => new { x.tenant_id, x.roll_up, x.run, x.number });
                });

            migrationBuilder.CreateTable(
                name: "roll_up_changes",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roll_up = table.Column<string>(type: "text", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    child_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roll_up_changes", x => new { x.tenant_id, x.roll_up, x.id });
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "early_roll_ups");

            migrationBuilder.DropTable(
                name: "roll_up_changes");

            migrationBuilder.DropColumn(
                name: "as_of_time",
                table: "custom_field_indexes");

            migrationBuilder.DropColumn(
                name: "is_told",
                table: "custom_field_indexes");

            migrationBuilder.DropColumn(
                name: "run",
                table: "custom_field_indexes");

            migrationBuilder.DropColumn(
                name: "run_number",
                table: "custom_field_indexes");
        }
    }
}
