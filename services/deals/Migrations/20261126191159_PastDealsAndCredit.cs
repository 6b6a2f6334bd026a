using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Deals.Migrations
{
    /// <inheritdoc />
    public partial class PastDealsAndCredit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "credit",
                table: "deals",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "credit",
                table: "deal_changes",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "from_credit",
                table: "deal_changes",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "past_deals",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    delete_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    row = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_past_deals", x => new { x.tenant_id, x.deal_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_past_deals_tenant_id_delete_time",
                table: "past_deals",
                columns: new[] { "tenant_id", "delete_time" });

            // Credit that was shared before the history followed it.
            migrationBuilder.Sql("""
                ALTER TABLE deals NO FORCE ROW LEVEL SECURITY;
                UPDATE deals SET credit = (
                    SELECT string_agg((part ->> 'UserId') || '=' || trim_scale((part ->> 'Percent')::numeric), ';' ORDER BY place)
                    FROM jsonb_array_elements(splits) WITH ORDINALITY AS of (part, place))
                WHERE CASE WHEN jsonb_typeof(splits) = 'array' THEN jsonb_array_length(splits) > 0 END;
                ALTER TABLE deals FORCE ROW LEVEL SECURITY;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "past_deals");

            migrationBuilder.DropColumn(
                name: "credit",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "credit",
                table: "deal_changes");

            migrationBuilder.DropColumn(
                name: "from_credit",
                table: "deal_changes");
        }
    }
}
