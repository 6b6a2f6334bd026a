using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Records.Migrations
{
    /// <inheritdoc />
    public partial class Links : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "deleted_with",
                table: "records",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "record_links",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    field_key = table.Column<string>(type: "text", nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_key = table.Column<string>(type: "text", nullable: false),
                    cleared_with = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_links", x => new { x.tenant_id, x.source_id, x.field_key, x.target_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_record_links_target",
                table: "record_links",
                columns: new[] { "tenant_id", "target_id", "field_key", "source_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "record_links");

            migrationBuilder.DropColumn(
                name: "deleted_with",
                table: "records");
        }
    }
}
