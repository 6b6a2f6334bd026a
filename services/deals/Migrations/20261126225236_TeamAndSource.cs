using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Deals.Migrations
{
    /// <inheritdoc />
    public partial class TeamAndSource : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "contacts",
                table: "deals",
                type: "jsonb",
                nullable: true,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "source",
                table: "deals",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "team_id",
                table: "deals",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "from_source",
                table: "deal_changes",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "from_team_id",
                table: "deal_changes",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "source",
                table: "deal_changes",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "team_id",
                table: "deal_changes",
                type: "uuid",
                nullable: true);

            // Rows of deals that were deleted before have no word for what they came from.
            migrationBuilder.Sql("""
                ALTER TABLE past_deals NO FORCE ROW LEVEL SECURITY;
                UPDATE past_deals SET row = past_deals.row || '{"source": "", "contacts": []}';
                ALTER TABLE past_deals FORCE ROW LEVEL SECURITY;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "contacts",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "source",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "team_id",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "from_source",
                table: "deal_changes");

            migrationBuilder.DropColumn(
                name: "from_team_id",
                table: "deal_changes");

            migrationBuilder.DropColumn(
                name: "source",
                table: "deal_changes");

            migrationBuilder.DropColumn(
                name: "team_id",
                table: "deal_changes");
        }
    }
}
