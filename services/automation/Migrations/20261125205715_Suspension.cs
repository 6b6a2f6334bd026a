using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Automation.Migrations
{
    /// <inheritdoc />
    public partial class Suspension : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "caused_by",
                table: "processes",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "held_tenants",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_held_tenants", x => x.tenant_id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "held_tenants");

            migrationBuilder.DropColumn(
                name: "caused_by",
                table: "processes");
        }
    }
}
