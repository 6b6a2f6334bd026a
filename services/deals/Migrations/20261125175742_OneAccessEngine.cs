using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Deals.Migrations
{
    /// <inheritdoc />
    public partial class OneAccessEngine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<List<string>>(
                name: "readers",
                table: "deals",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<List<string>>(
                name: "writers",
                table: "deals",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.CreateIndex(
                name: "ix_deals_tenant_id_owner_id_id",
                table: "deals",
                columns: new[] { "tenant_id", "owner_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_deals_tenant_id_owner_id_id",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "readers",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "writers",
                table: "deals");
        }
    }
}
