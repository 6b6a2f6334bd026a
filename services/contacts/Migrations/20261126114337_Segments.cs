using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class Segments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // They stay when the columns go: rows of tenants in schemas of their own may need them.
            migrationBuilder.Sql(global::Platform.Contacts.Duplicates.MatchScripts.NameFunctions);

            migrationBuilder.AddColumn<string>(
                name: "address",
                table: "leads",
                type: "jsonb",
                nullable: true);

            migrationBuilder.DropIndex(name: "ix_companies_tenant_id_match_part", table: "companies");

            migrationBuilder.DropColumn(name: "match_part", table: "companies");

            migrationBuilder.AddColumn<string>(
                name: "match_part",
                table: "companies",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.company_name_part(name)",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_match_part",
                table: "companies",
                columns: new[] { "tenant_id", "match_part" });

            migrationBuilder.DropIndex(name: "ix_companies_tenant_id_match_name", table: "companies");

            migrationBuilder.DropColumn(name: "match_name", table: "companies");

            migrationBuilder.AddColumn<string>(
                name: "match_name",
                table: "companies",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.company_name_key(name)",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_match_name",
                table: "companies",
                columns: new[] { "tenant_id", "match_name" });

            migrationBuilder.CreateTable(
                name: "assignment_turns",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    turn = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assignment_turns", x => new { x.tenant_id, x.rule });
                });

            migrationBuilder.CreateTable(
                name: "deleted_deals",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deleted_deals", x => new { x.tenant_id, x.deal_id });
                });

            migrationBuilder.CreateTable(
                name: "departed_members",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_departed_members", x => new { x.tenant_id, x.user_id });
                });

            migrationBuilder.CreateTable(
                name: "lead_assignments",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rules = table.Column<string>(type: "jsonb", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_assignments", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "segment_checks",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_segment_checks", x => new { x.tenant_id, x.id });
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateTable(
                name: "segments",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    filter = table.Column<string>(type: "text", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    watches = table.Column<List<string>>(type: "text[]", nullable: false),
                    reads = table.Column<List<string>>(type: "text[]", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_segments", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "segment_members",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    segment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_segment_members", x => new { x.tenant_id, x.segment_id, x.record_id });
                    table.ForeignKey(
                        name: "fk_segment_members_segments_tenant_id_segment_id",
                        columns: x => new { x.tenant_id, x.segment_id },
                        principalTable: "segments",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "segment_runs",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    segment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    cursor = table.Column<Guid>(type: "uuid", nullable: true),
                    done = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    evaluate_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_segment_runs", x => new { x.tenant_id, x.segment_id });
                    table.ForeignKey(
                        name: "fk_segment_runs_segments_tenant_id_segment_id",
                        columns: x => new { x.tenant_id, x.segment_id },
                        principalTable: "segments",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateIndex(
                name: "ix_lead_assignments_tenant_id",
                table: "lead_assignments",
                column: "tenant_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_segment_checks_due_time",
                table: "segment_checks",
                column: "due_time");

            migrationBuilder.CreateIndex(
                name: "ix_segment_members_tenant_id_record_id",
                table: "segment_members",
                columns: new[] { "tenant_id", "record_id" });

            migrationBuilder.CreateIndex(
                name: "ix_segment_runs_due_time",
                table: "segment_runs",
                column: "due_time");

            migrationBuilder.CreateIndex(
                name: "ix_segments_tenant_id_resource_name",
                table: "segments",
                columns: new[] { "tenant_id", "resource", "name" },
                unique: true);

            // The functions stay when the triggers go, as above.
            migrationBuilder.Sql(global::Platform.Contacts.Segments.Keeping.SegmentScripts.Functions);
            migrationBuilder.Sql(global::Platform.Contacts.Segments.Keeping.SegmentScripts.CreateTriggers);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(global::Platform.Contacts.Segments.Keeping.SegmentScripts.DropTriggers);

            migrationBuilder.DropTable(
                name: "assignment_turns");

            migrationBuilder.DropTable(
                name: "deleted_deals");

            migrationBuilder.DropTable(
                name: "departed_members");

            migrationBuilder.DropTable(
                name: "lead_assignments");

            migrationBuilder.DropTable(
                name: "segment_checks");

            migrationBuilder.DropTable(
                name: "segment_members");

            migrationBuilder.DropTable(
                name: "segment_runs");

            migrationBuilder.DropTable(
                name: "segments");

            migrationBuilder.DropColumn(
                name: "address",
                table: "leads");

            migrationBuilder.DropIndex(name: "ix_companies_tenant_id_match_part", table: "companies");

            migrationBuilder.DropColumn(name: "match_part", table: "companies");

            migrationBuilder.AddColumn<string>(
                name: "match_part",
                table: "companies",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.company_part(name)",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_match_part",
                table: "companies",
                columns: new[] { "tenant_id", "match_part" });

            migrationBuilder.DropIndex(name: "ix_companies_tenant_id_match_name", table: "companies");

            migrationBuilder.DropColumn(name: "match_name", table: "companies");

            migrationBuilder.AddColumn<string>(
                name: "match_name",
                table: "companies",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.company_key(name)",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_match_name",
                table: "companies",
                columns: new[] { "tenant_id", "match_name" });
        }
    }
}
