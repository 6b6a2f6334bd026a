using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Records.Migrations
{
    /// <inheritdoc />
    public partial class PublicAddresses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "public_addresses",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    address_hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_public_addresses", x => new { x.tenant_id, x.target_id });
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateIndex(
                name: "ix_public_addresses_address_hash",
                table: "public_addresses",
                column: "address_hash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "public_addresses");
        }
    }
}
