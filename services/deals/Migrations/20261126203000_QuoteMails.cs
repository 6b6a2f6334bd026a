using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Deals.Migrations
{
    /// <inheritdoc />
    public partial class QuoteMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "waiting_mail",
                table: "quote_links",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "quote_mails",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quote_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quote_mails", x => new { x.tenant_id, x.quote_id });
                    table.ForeignKey(
                        name: "fk_quote_mails_quotes_tenant_id_quote_id",
                        columns: x => new { x.tenant_id, x.quote_id },
                        principalTable: "quotes",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateIndex(
                name: "ix_quote_mails_due_time",
                table: "quote_mails",
                column: "due_time");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "quote_mails");

            migrationBuilder.DropColumn(
                name: "waiting_mail",
                table: "quote_links");
        }
    }
}
