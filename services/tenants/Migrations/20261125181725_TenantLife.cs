using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Tenants.Migrations
{
    /// <inheritdoc />
    public partial class TenantLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "api_key_limit",
                table: "tenants",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "is_purged",
                table: "tenants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "member_limit",
                table: "tenants",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<List<string>>(
                name: "modules",
                table: "tenants",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{audit,automation,communications,contacts,deals,finance,tenants}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "purge_time",
                table: "tenants",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state_reason",
                table: "tenants",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "suspend_time",
                table: "tenants",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "tenant_purges",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant_purges", x => x.tenant_id);
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateIndex(
                name: "ix_tenant_purges_due_time",
                table: "tenant_purges",
                column: "due_time");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "tenant_purges");

            migrationBuilder.DropColumn(
                name: "api_key_limit",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "is_purged",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "member_limit",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "modules",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "purge_time",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "state_reason",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "suspend_time",
                table: "tenants");
        }
    }
}
