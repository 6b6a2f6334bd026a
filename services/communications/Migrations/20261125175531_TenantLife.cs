using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Communications.Migrations
{
    /// <inheritdoc />
    public partial class TenantLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "held_tenants",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_held_tenants", x => x.tenant_id);
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "held_tenants");
        }
    }
}
