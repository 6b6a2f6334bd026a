using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Deals.Migrations
{
    /// <inheritdoc />
    public partial class Stages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "changes",
                table: "deals",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "forecast_category",
                table: "deals",
                type: "text",
                nullable: false,
                defaultValue: "Pipeline");

            migrationBuilder.AddColumn<bool>(
                name: "has_own_forecast",
                table: "deals",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "has_own_probability",
                table: "deals",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<Guid>(
                name: "loss_reason_id",
                table: "deals",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "next_step",
                table: "deals",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateOnly>(
                name: "next_step_date",
                table: "deals",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "pipeline_id",
                table: "deals",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "rotting_since",
                table: "deals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "stage_change_time",
                table: "deals",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "stage_id",
                table: "deals",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "deal_changes",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    actor_kind = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    on_behalf_of = table.Column<string>(type: "text", nullable: false),
                    pipeline_id = table.Column<Guid>(type: "uuid", nullable: true),
                    stage_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    probability = table.Column<int>(type: "integer", nullable: false),
                    forecast_category = table.Column<string>(type: "text", nullable: false),
                    close_date = table.Column<DateOnly>(type: "date", nullable: true),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reporting_currency = table.Column<string>(type: "text", nullable: false),
                    reporting_rate = table.Column<decimal>(type: "numeric", nullable: true),
                    from_pipeline_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_stage_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_status = table.Column<string>(type: "text", nullable: false),
                    from_currency = table.Column<string>(type: "text", nullable: false),
                    from_amount = table.Column<decimal>(type: "numeric", nullable: false),
                    from_probability = table.Column<int>(type: "integer", nullable: false),
                    from_forecast_category = table.Column<string>(type: "text", nullable: false),
                    from_close_date = table.Column<DateOnly>(type: "date", nullable: true),
                    from_owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_reporting_currency = table.Column<string>(type: "text", nullable: false),
                    from_reporting_rate = table.Column<decimal>(type: "numeric", nullable: true),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deal_changes", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_deals_tenant_id_pipeline_id_stage_id_id",
                table: "deals",
                columns: new[] { "tenant_id", "pipeline_id", "stage_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_deal_changes_tenant_id_deal_id_number",
                table: "deal_changes",
                columns: new[] { "tenant_id", "deal_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deal_changes_tenant_id_pipeline_id_create_time",
                table: "deal_changes",
                columns: new[] { "tenant_id", "pipeline_id", "create_time" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deal_changes");

            migrationBuilder.DropIndex(
                name: "ix_deals_tenant_id_pipeline_id_stage_id_id",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "changes",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "forecast_category",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "has_own_forecast",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "has_own_probability",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "loss_reason_id",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "next_step",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "next_step_date",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "pipeline_id",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "rotting_since",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "stage_change_time",
                table: "deals");

            migrationBuilder.DropColumn(
                name: "stage_id",
                table: "deals");
        }
    }
}
