using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class Merging : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "chores",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chores", x => new { x.tenant_id, x.kind, x.subject_id });
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateTable(
                name: "merge_moves",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merge_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    row_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merge_moves", x => new { x.tenant_id, x.merge_id, x.reference, x.row_id });
                });

            migrationBuilder.CreateTable(
                name: "merged_records",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    survivor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merge_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: true),
                    readers = table.Column<List<string>>(type: "text[]", nullable: false),
                    writers = table.Column<List<string>>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merged_records", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "merges",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    survivor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merged_by = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<byte[]>(type: "bytea", nullable: true),
                    after = table.Column<byte[]>(type: "bytea", nullable: true),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merges", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_leads_tenant_id_converted_company_id",
                table: "leads",
                columns: new[] { "tenant_id", "converted_company_id" },
                filter: "converted_company_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_tenant_id_converted_person_id",
                table: "leads",
                columns: new[] { "tenant_id", "converted_person_id" },
                filter: "converted_person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_chores_due_time",
                table: "chores",
                column: "due_time");

            migrationBuilder.CreateIndex(
                name: "ix_merged_records_tenant_id_merge_id",
                table: "merged_records",
                columns: new[] { "tenant_id", "merge_id" });

            migrationBuilder.CreateIndex(
                name: "ix_merged_records_tenant_id_survivor_id",
                table: "merged_records",
                columns: new[] { "tenant_id", "survivor_id" });

            migrationBuilder.CreateIndex(
                name: "ix_merges_tenant_id_survivor_id_id",
                table: "merges",
                columns: new[] { "tenant_id", "survivor_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "chores");

            migrationBuilder.DropTable(
                name: "merge_moves");

            migrationBuilder.DropTable(
                name: "merged_records");

            migrationBuilder.DropTable(
                name: "merges");

            migrationBuilder.DropIndex(
                name: "ix_leads_tenant_id_converted_company_id",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_tenant_id_converted_person_id",
                table: "leads");
        }
    }
}
