using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class LeadScores : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "score",
                table: "leads",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "lead_score_runs",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_pending = table.Column<bool>(type: "boolean", nullable: false),
                    cursor = table.Column<Guid>(type: "uuid", nullable: true),
                    done = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_score_runs", x => x.tenant_id);
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateTable(
                name: "lead_scorings",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    rules = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_scorings", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_leads_tenant_id_score_id",
                table: "leads",
                columns: new[] { "tenant_id", "score", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_score_runs_due_time",
                table: "lead_score_runs",
                column: "due_time");

            migrationBuilder.CreateIndex(
                name: "ix_lead_scorings_tenant_id",
                table: "lead_scorings",
                column: "tenant_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "lead_score_runs");

            migrationBuilder.DropTable(
                name: "lead_scorings");

            migrationBuilder.DropIndex(
                name: "ix_leads_tenant_id_score_id",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "score",
                table: "leads");
        }
    }
}
