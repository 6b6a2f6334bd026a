using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Communications.Migrations
{
    /// <inheritdoc />
    public partial class Followers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "count",
                table: "notifications",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "group_key",
                table: "notifications",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "email_enclosures",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_email_enclosures", x => new { x.tenant_id, x.email_id, x.number });
                    table.ForeignKey(
                        name: "fk_email_enclosures_emails_tenant_id_email_id",
                        columns: x => new { x.tenant_id, x.email_id },
                        principalTable: "emails",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "followers",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    follows = table.Column<bool>(type: "boolean", nullable: false),
                    follow_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_followers", x => new { x.tenant_id, x.resource, x.record_id, x.user_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_notifications_group",
                table: "notifications",
                columns: new[] { "tenant_id", "user_id", "group_key" },
                unique: true,
                filter: "read_time IS NULL AND group_key <> ''");

            migrationBuilder.CreateIndex(
                name: "ix_followers_tenant_id_user_id",
                table: "followers",
                columns: new[] { "tenant_id", "user_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "email_enclosures");

            migrationBuilder.DropTable(
                name: "followers");

            migrationBuilder.DropIndex(
                name: "ix_notifications_group",
                table: "notifications");

            migrationBuilder.DropColumn(
                name: "count",
                table: "notifications");

            migrationBuilder.DropColumn(
                name: "group_key",
                table: "notifications");
        }
    }
}
