using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class Duplicates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // They stay when the columns go: rows of tenants in schemas of their own may need them.
            migrationBuilder.Sql(global::Platform.Contacts.Duplicates.MatchScripts.Functions);

            migrationBuilder.AddColumn<string>(
                name: "match_name",
                table: "people",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.person_key(last_name, first_name)",
                stored: true);

            migrationBuilder.AddColumn<string>(
                name: "match_part",
                table: "people",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.sound_key(last_name)",
                stored: true);

            migrationBuilder.AddColumn<string>(
                name: "match_phone",
                table: "people",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.phone_key(phone)",
                stored: true);

            migrationBuilder.AddColumn<string>(
                name: "match_name",
                table: "leads",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.person_key(last_name, first_name)",
                stored: true);

            migrationBuilder.AddColumn<string>(
                name: "match_part",
                table: "leads",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.sound_key(last_name)",
                stored: true);

            migrationBuilder.AddColumn<string>(
                name: "match_phone",
                table: "leads",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.phone_key(phone)",
                stored: true);

            migrationBuilder.AddColumn<string>(
                name: "lower_email",
                table: "companies",
                type: "text",
                nullable: true,
                computedColumnSql: "nullif(lower(email), '')",
                stored: true);

            migrationBuilder.AddColumn<string>(
                name: "match_name",
                table: "companies",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.company_key(name)",
                stored: true);

            migrationBuilder.AddColumn<string>(
                name: "match_part",
                table: "companies",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.company_part(name)",
                stored: true);

            migrationBuilder.AddColumn<string>(
                name: "match_phone",
                table: "companies",
                type: "text",
                nullable: true,
                computedColumnSql: "platform.phone_key(phone)",
                stored: true);

            migrationBuilder.CreateTable(
                name: "duplicate_checks",
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
                    table.PrimaryKey("pk_duplicate_checks", x => new { x.tenant_id, x.id });
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateTable(
                name: "duplicate_pairs",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    first_id = table.Column<Guid>(type: "uuid", nullable: false),
                    second_id = table.Column<Guid>(type: "uuid", nullable: false),
                    score = table.Column<int>(type: "integer", nullable: false),
                    reasons = table.Column<List<string>>(type: "text[]", nullable: false),
                    dismissed = table.Column<bool>(type: "boolean", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duplicate_pairs", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "duplicate_rule_sets",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    rules = table.Column<string>(type: "jsonb", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duplicate_rule_sets", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_people_tenant_id_match_name",
                table: "people",
                columns: new[] { "tenant_id", "match_name" });

            migrationBuilder.CreateIndex(
                name: "ix_people_tenant_id_match_part",
                table: "people",
                columns: new[] { "tenant_id", "match_part" });

            migrationBuilder.CreateIndex(
                name: "ix_people_tenant_id_match_phone",
                table: "people",
                columns: new[] { "tenant_id", "match_phone" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_tenant_id_match_name",
                table: "leads",
                columns: new[] { "tenant_id", "match_name" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_tenant_id_match_part",
                table: "leads",
                columns: new[] { "tenant_id", "match_part" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_tenant_id_match_phone",
                table: "leads",
                columns: new[] { "tenant_id", "match_phone" });

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_lower_email",
                table: "companies",
                columns: new[] { "tenant_id", "lower_email" });

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_match_name",
                table: "companies",
                columns: new[] { "tenant_id", "match_name" });

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_match_part",
                table: "companies",
                columns: new[] { "tenant_id", "match_part" });

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_match_phone",
                table: "companies",
                columns: new[] { "tenant_id", "match_phone" });

            migrationBuilder.CreateIndex(
                name: "ix_duplicate_checks_due_time",
                table: "duplicate_checks",
                column: "due_time");

            migrationBuilder.CreateIndex(
                name: "ix_duplicate_pairs_tenant_id_first_id_second_id",
                table: "duplicate_pairs",
                columns: new[] { "tenant_id", "first_id", "second_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_duplicate_pairs_tenant_id_second_id",
                table: "duplicate_pairs",
                columns: new[] { "tenant_id", "second_id" });

            migrationBuilder.CreateIndex(
                name: "ix_duplicate_rule_sets_tenant_id_resource",
                table: "duplicate_rule_sets",
                columns: new[] { "tenant_id", "resource" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "duplicate_checks");

            migrationBuilder.DropTable(
                name: "duplicate_pairs");

            migrationBuilder.DropTable(
                name: "duplicate_rule_sets");

            migrationBuilder.DropIndex(
                name: "ix_people_tenant_id_match_name",
                table: "people");

            migrationBuilder.DropIndex(
                name: "ix_people_tenant_id_match_part",
                table: "people");

            migrationBuilder.DropIndex(
                name: "ix_people_tenant_id_match_phone",
                table: "people");

            migrationBuilder.DropIndex(
                name: "ix_leads_tenant_id_match_name",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_tenant_id_match_part",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_tenant_id_match_phone",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_companies_tenant_id_lower_email",
                table: "companies");

            migrationBuilder.DropIndex(
                name: "ix_companies_tenant_id_match_name",
                table: "companies");

            migrationBuilder.DropIndex(
                name: "ix_companies_tenant_id_match_part",
                table: "companies");

            migrationBuilder.DropIndex(
                name: "ix_companies_tenant_id_match_phone",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "match_name",
                table: "people");

            migrationBuilder.DropColumn(
                name: "match_part",
                table: "people");

            migrationBuilder.DropColumn(
                name: "match_phone",
                table: "people");

            migrationBuilder.DropColumn(
                name: "match_name",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "match_part",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "match_phone",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "lower_email",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "match_name",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "match_part",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "match_phone",
                table: "companies");
        }
    }
}
